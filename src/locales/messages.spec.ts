import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { direction, intlTag, locales, message, pickLocale, sectionName, type Locale } from './messages.js';

const texts = (locale: Locale) =>
  JSON.parse(readFileSync(new URL(`./${locale}.json`, import.meta.url), 'utf8')) as Record<string, string>;
const parse = (locale: Locale, text: string) =>
  new IntlMessageFormat(text, intlTag(locale), undefined, { ignoreTag: true });

/** The placeholders of a message, wherever they stand in its plurals. */
function placeholders(nodes: unknown): string[] {
  if (Array.isArray(nodes)) return nodes.flatMap(placeholders);
  if (typeof nodes !== 'object' || nodes === null) return [];
  const node = nodes as { type?: number; value?: unknown };
  const own = node.type !== 0 && typeof node.value === 'string' ? [node.value] : [];
  return [...own, ...Object.values(nodes).flatMap(placeholders)];
}

describe('the messages', () => {
  it('come in the languages of the files, English first', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.json'));
    expect(files.sort()).toEqual(locales.map((locale) => `${locale}.json`).sort());
    expect(locales).toEqual(['en', 'fr', 'es', 'ar']);
    expect(locales.map(direction)).toEqual(['ltr', 'ltr', 'ltr', 'rtl']);
  });

  it.each(locales)('have the same keys in %s as in English, none empty', (locale) => {
    expect(Object.keys(texts(locale)).sort()).toEqual(Object.keys(texts('en')).sort());
    expect(Object.values(texts(locale)).filter((text) => text.trim() === '')).toEqual([]);
  });

  it.each(locales)('parse as ICU in %s, with the placeholders of the English ones', (locale) => {
    for (const [key, text] of Object.entries(texts(locale))) {
      const own = new Set(placeholders(parse(locale, text).getAst()));
      const english = new Set(placeholders(parse('en', texts('en')[key]!).getAst()));
      expect([key, [...own].sort()]).toEqual([key, [...english].sort()]);
    }
  });

  it('count in the plural forms of each language', () => {
    const minutes = (locale: Locale) =>
      [1, 2, 5, 12].map((count) => message(locale, 'letter.minutes', { minutes: count }));
    expect(minutes('en')).toEqual(['1 min read', '2 min read', '5 min read', '12 min read']);
    expect(minutes('fr')[2]).toBe('5 min de lecture');
    expect(minutes('ar')).toEqual(['قراءة في دقيقة', 'قراءة في دقيقتين', 'قراءة في 5 دقائق', 'قراءة في 12 دقيقة']);
  });

  it('do not read markup: a tag in a value stays text, for the caller to escape', () => {
    expect(message('en', 'letter.whyOnce', { list: '<b>{x}</b>' })).toContain('<b>{x}</b>');
  });

  it('throw for a key or a value that is missing', () => {
    expect(() => message('fr', 'letter.nothing')).toThrow('No message "letter.nothing" in fr.json');
    expect(() => message('en', 'letter.whyOnce')).toThrow();
  });
});

describe('sectionName', () => {
  it("translates well-known sections and leaves the newsroom's own alone", () => {
    expect(sectionName('fr', 'Middle East')).toBe('Moyen-Orient');
    expect(sectionName('ar', 'Football')).toBe('Football');
  });
});

describe('pickLocale', () => {
  it.each([
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['AR_eg', 'ar'],
    ['de-DE, es;q=0.7, fr;q=0.9', 'fr'],
    ['en;q=0, ar;q=0.1', 'ar'],
    ['constructor', 'en'],
    ['de', 'en'],
    ['', 'en'],
    [null, 'en'],
    [undefined, 'en'],
    [';;q=,,', 'en'],
  ] as const)('reads %j as %s', (wanted, locale) => {
    expect(pickLocale(wanted)).toBe(locale);
  });

  it('falls back to what the caller says', () => expect(pickLocale('de', 'es')).toBe('es'));
});

describe('direction', () => {
  it('is right to left in Arabic only', () => expect(locales.map(direction)).toEqual(['ltr', 'ltr', 'ltr', 'rtl']));
});
