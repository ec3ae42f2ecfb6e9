import { describe, expect, it } from '@jest/globals';
import { caniemail } from 'caniemail';
import {
  addressChange,
  addressChanged,
  already,
  confirmation,
  edition,
  goodbye,
  welcome,
} from '../../test/support/letters.js';
import type { Locale } from '../locales/messages.js';
import type { Letter } from './letter.js';
import { writeEdition } from './write-edition.js';

/** Those that matter: Gmail, Apple Mail, Outlook old and new, Yahoo, Samsung, in all that caniemail.com knows of them. */
const clients = ['gmail.*', 'apple-mail.*', 'outlook.*', 'yahoo.*', 'samsung-email.*'] as const;

const styleSheet = 'stands in the style sheet only, for dark mode and phones; what a letter needs is inline';
const hidesPreheader = 'one of several ways in which the preheader is hidden; another works there';
const byMjml = 'written by MJML for the clients that know it, without loss elsewhere';

/** What some of them do not know, and why a letter does not need it there. */
const withoutLoss: Record<string, string> = {
  'Descendant combinator': styleSheet,
  'ID selector': styleSheet,
  'Type selector': styleSheet,
  'Class selector': styleSheet,
  'Chaining selectors': styleSheet,
  'Attribute selector': styleSheet,
  '@media': styleSheet,
  '<style> element': styleSheet,
  'color-scheme CSS property': 'tells the others that there are colours for dark mode',
  'color-scheme meta tag': 'tells the others that there are colours for dark mode',
  'display:none': hidesPreheader,
  opacity: hidesPreheader,
  'max-height property': hidesPreheader,
  overflow: hidesPreheader,
  'height property': 'of pictures, auto: the width attribute stands in',
  '<body> element': 'becomes a div there; its colour stands on the paper too',
  'aria-label attribute': byMjml,
  'role attribute': 'presentation; without it tables are read out as tables',
  'word-break': 'of the written-out address below a button, which runs on',
  'white-space': 'keeps "read on" with its arrow',
  outline: byMjml,
  'word-spacing': byMjml,
  'table-layout': byMjml,
  cursor: byMjml,
  'target attribute': 'clients open links as they like',
  'border-radius': 'buttons have square corners there',
};

const kinds: Record<string, (locale: Locale) => Promise<Letter>> = {
  edition: (locale) =>
    writeEdition(
      edition({
        locale,
        deskNote: 'A note',
        corrections: [{ title: 'Wrong', text: 'It is right now.', url: 'https://news.example/articles/story-1' }],
      }),
    ),
  confirmation,
  welcome,
  already,
  'address change': addressChange,
  'address changed': addressChanged,
  goodbye: (locale) => goodbye(locale, false),
};

const faultsOf = (html: string): string[] => {
  const { errors } = caniemail({ clients: [...clients], html }).issues;
  return [...new Set([...errors.values()].flatMap((issues) => issues.map(({ title }) => title)))];
};

describe('the clients that matter', () => {
  it.each(Object.keys(kinds).flatMap((kind) => (['en', 'ar'] as const).map((locale) => [kind, locale] as const)))(
    'show the %s letter in %s without loss',
    async (kind, locale) => {
      const { html } = await kinds[kind]!(locale);
      expect(faultsOf(html).filter((title) => !(title in withoutLoss))).toEqual([]);
    },
  );

  it('would tell of a form, a video and a flex box', () => {
    const html =
      '<html><body><form><video src="a.mp4"></video></form><p style="display:flex;gap:1em">x</p></body></html>';
    expect(faultsOf(html).filter((title) => !(title in withoutLoss)).length).toBeGreaterThan(2);
  });
});
