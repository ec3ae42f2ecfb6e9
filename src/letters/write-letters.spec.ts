import { describe, expect, it } from '@jest/globals';
import { HtmlValidate } from 'html-validate';
import {
  addressChange,
  addressChanged,
  already,
  confirmation,
  edition,
  flat,
  goodbye,
  links,
  list,
  longLines,
  read,
  welcome,
} from '../../test/support/letters.js';
import { lintEditionLetter, lintLetter } from '../../test/support/lint-letter.js';
import { direction, locales, type Locale } from '../locales/messages.js';
import { buildRaw } from '../mail/build-raw.js';
import { automaticHeaders, listHeaders, type ListHeaderData } from '../mail/list-headers.js';
import type { Letter } from './letter.js';
import { writeEdition } from './write-edition.js';

const envelope = {
  from: { name: 'Le bref du matin — الموجز', address: 'brief@news.example' },
  ...{ to: 'reader@example.org', messageId: 'e1.s1@news.example', date: new Date('2026-11-24T06:00:00Z') },
};

const headerData = (locale: Locale): ListHeaderData => ({
  list: { slug: 'brief', name: 'Le bref du matin — الموجز', replyTo: '"Le bureau" <desk@news.example>' },
  ...{ domain: 'news.example', edition: { id: '1', kind: 'morning' }, locale },
  links: {
    unsubscribe: `https://news.example/unsubscribe/${'k'.repeat(90)}`,
    preferences: `https://news.example/preferences/${'k'.repeat(90)}`,
    web: `https://news.example/letters/${'k'.repeat(90)}`,
  },
});

describe('every letter', () => {
  const everyLetter = (locale: Locale): Promise<Letter[]> =>
    Promise.all([
      writeEdition(edition({ locale })),
      writeEdition(edition({ locale, kind: 'special' })),
      writeEdition(edition({ locale, kind: 'welcome', nextAt: 'Tuesday, 07:00' })),
      confirmation(locale),
      already(locale),
      welcome(locale),
      goodbye(locale, false),
      goodbye(locale, true),
      addressChange(locale),
      addressChanged(locale),
    ]);
  // What mail programs still need, and what MJML writes for Outlook.
  const idioms = [
    'doctype-style',
    'no-conditional-comment',
    'no-inline-style',
    'no-deprecated-attr',
    'prefer-native-element',
    'prefer-tbody',
  ];
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: Object.fromEntries(idioms.map((rule) => [rule, 'off'])),
  });

  it.each(locales)(
    'is valid html in %s, says its language and direction, and has no script, form or style sheet from elsewhere',
    async (locale) => {
      for (const { html, ...letter } of await everyLetter(locale)) {
        const report = await validator.validateString(html);
        expect(
          report.results.flatMap((result) => result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
        ).toEqual([]);
        expect(html).toContain(`<html lang="${locale}" dir="${direction(locale)}"`);
        expect(html).toContain(`<title>${letter.subject}</title>`);
        expect(html).not.toMatch(/<script|<form|<input|<link|@import|@font-face|url\(|\{\{|\{%/);
        expect(html.match(/<table(?![^>]*role="presentation")/g)).toBeNull();
        expect(letter.text).toContain(list.tagline);
        expect(letter.text).toContain('12 Harbour Street');
        expect(longLines(letter.text)).toEqual([]);
        expect(letter.text).not.toMatch(/\n{3}|[ \t]\n|\r/);
      }
    },
  );

  it.each(locales)('keeps to the rules of the wire in %s, editions to theirs', async (locale) => {
    const letters = await everyLetter(locale);
    for (const [index, letter] of letters.entries()) {
      const isEdition = index < 3;
      const headers = isEdition ? listHeaders(headerData(locale)) : automaticHeaders(locale);
      const raw = await buildRaw({ ...letter, ...envelope, headers });
      expect([letter.subject, (isEdition ? lintEditionLetter : lintLetter)(raw)]).toEqual([letter.subject, []]);
    }
  });

  it('turns its layout round in Arabic', async () => {
    const { html } = await writeEdition(edition({ locale: 'ar' }));
    expect(html).not.toContain('direction:ltr');
    expect(html).toMatch(/class="story"[^>]*text-align:right/);
    expect(html).toContain('←');
  });
});

describe('a confirmation', () => {
  it('says who asked and when, and has one button', async () => {
    const { html, text, subject } = await confirmation();
    expect(subject).toBe('Please confirm: Daily news brief');
    expect(read(html).hrefs).toEqual([
      list.homeUrl,
      'https://news.example/confirm/TOKEN',
      'https://news.example/confirm/TOKEN',
    ]);
    for (const part of [flat(html), flat(text)])
      expect(part).toContain('Asked for: Tuesday, 07:00, from the network 203.0.113.0/24.');
  });
});

describe('the letters without stories', () => {
  it('say when the next one comes and where to change things', async () => {
    for (const { html, text } of [await already(), await welcome()]) {
      expect(html).toContain('letter: Tuesday, 07:00.');
      expect(text).toContain(links.preferences);
    }
    expect(read((await welcome()).html).hrefs).toContain(links.unsubscribe);
  });
});
