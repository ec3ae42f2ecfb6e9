import { message, type Locale } from '../locales/messages.js';
import { heldApart } from './direction-of.js';
import { plainLine, shorten } from './plain-line.js';

/**
 * How a reader came to subscribe, as a complaint would quote it: by confirming, or on the word of the publisher.
 * @property on YYYY-MM-DD: confirmed on, or consent given on. Of one length in every language, so that a prepared letter has a place for it
 * @property source where consent was given, in the publisher's words
 */
export type Origin = { kind: 'confirmed'; on: string } | { kind: 'attested'; on: string; source: string };

const longestSource = 160;

/** The line at the foot of a letter. @param origin null: the letter is shown to no subscriber in particular */
export function whyLine(locale: Locale, list: string, origin: Origin | null): string {
  const name = plainLine(list);
  if (origin === null) return message(locale, 'letter.why.anybody', { list: name });
  if (origin.kind === 'confirmed') return message(locale, 'letter.why.confirmed', { list: name, date: origin.on });
  const source = heldApart(locale, shorten(plainLine(origin.source), longestSource));
  return message(locale, 'letter.why.attested', { list: name, date: origin.on, source });
}
