import { Parser } from 'htmlparser2';
import type { Locale } from '../../src/locales/messages.js';
import type { Letter } from '../../src/letters/letter.js';
import { writeAddressChange, writeAddressChanged } from '../../src/letters/write-address-change.js';
import { writeAlready } from '../../src/letters/write-already.js';
import { writeConfirmation } from '../../src/letters/write-confirmation.js';
import { type EditionLetter, type LetterStory } from '../../src/letters/write-edition.js';
import { writeGoodbye } from '../../src/letters/write-goodbye.js';
import { writeWelcome } from '../../src/letters/write-welcome.js';

export const list = {
  name: 'Daily news brief',
  tagline: 'Essential international news every morning',
  postalAddress: 'Daily News Brief\n12 Harbour Street\n75011 Paris',
  homeUrl: 'https://news.example/',
};
export const links = {
  web: 'https://news.example/archive/2026-11-24',
  archive: 'https://news.example/archive',
  preferences: 'https://news.example/preferences/TOKEN',
  unsubscribe: 'https://news.example/unsubscribe/TOKEN?a=1&b=2',
};
export const story = (number: number): LetterStory => ({
  title: `Headline ${number}`,
  standfirst: `What story ${number} says, in a sentence or two.`,
  section: 'Middle East',
  publisher: 'The Paper',
  language: 'en',
  minutes: 4,
  url: `https://news.example/articles/story-${number}`,
  picture: {
    src: `https://news.example/pictures/${number}.jpg`,
    alt: `Picture ${number}`,
    width: 1200,
    height: 800,
    credit: 'Photo: A. Rahimi',
  },
});
export const edition = (change: Partial<EditionLetter> = {}): EditionLetter => ({
  locale: 'en',
  kind: 'morning',
  list,
  localDate: '2026-11-24',
  subject: 'Headline 1',
  preheader: 'Also: Headline 2',
  deskNote: null,
  corrections: [],
  stories: [1, 2, 3].map(story),
  links,
  nextAt: null,
  origin: { kind: 'confirmed', on: '2026-11-20' },
  ...change,
});
export const confirmation = (locale: Locale = 'en'): Promise<Letter> =>
  writeConfirmation({
    locale,
    list,
    confirmUrl: 'https://news.example/confirm/TOKEN',
    requestedAt: 'Tuesday, 07:00',
    network: '203.0.113.0/24',
  });
const origin = { kind: 'attested', on: '2026-11-20', source: 'the form of our summer fair' } as const;
export const already = (locale: Locale = 'en'): Promise<Letter> =>
  writeAlready({ locale, list, preferencesUrl: links.preferences, nextAt: 'Tuesday, 07:00', origin });
export const welcome = (locale: Locale = 'en'): Promise<Letter> =>
  writeWelcome({
    locale,
    list,
    nextAt: 'Tuesday, 07:00',
    origin,
    preferencesUrl: links.preferences,
    unsubscribeUrl: links.unsubscribe,
  });

export const goodbye = (locale: Locale, all: boolean): Promise<Letter> =>
  writeGoodbye({ locale, list, all, undoUrl: links.unsubscribe });
export const addressChange = (locale: Locale): Promise<Letter> =>
  writeAddressChange({ locale, list, confirmUrl: 'https://news.example/address/TOKEN' });
export const addressChanged = (locale: Locale): Promise<Letter> =>
  writeAddressChanged({ locale, list, preferencesUrl: links.preferences });

/** What a mail program sees in html. */
export function read(html: string) {
  const seen = {
    tags: new Set<string>(),
    attributes: new Set<string>(),
    hrefs: [] as string[],
    pictures: [] as string[],
    headlines: [] as string[],
  };
  let headline: string | null = null;
  const parser = new Parser({
    onopentag(tag, attributes) {
      seen.tags.add(tag);
      for (const name of Object.keys(attributes)) seen.attributes.add(name);
      if (tag === 'a') seen.hrefs.push(attributes.href!);
      if (tag === 'img') seen.pictures.push(attributes.alt!);
      if (/^h[23]$/.test(tag)) headline = '';
    },
    ontext: (text) => (headline = headline === null ? null : headline + text),
    onclosetag(tag) {
      if (!/^h[23]$/.test(tag)) return;
      seen.headlines.push(headline!);
      headline = null;
    },
  });
  parser.end(html);
  return seen;
}

export const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
export const longLines = (text: string) => text.split('\n').filter((line) => line.length > 76 && line.includes(' '));
