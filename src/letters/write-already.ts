import { message, type Locale } from '../locales/messages.js';
import type { Letter, LetterList } from './letter.js';
import { whyLine, type Origin } from './why-line.js';
import { writeNotice } from './write-notice.js';

/** @property nextAt in words, such as `moment` gives; null if nothing is due */
export interface Already {
  locale: Locale;
  list: LetterList;
  preferencesUrl: string;
  nextAt: string | null;
  origin: Origin | null;
}

/** Answers a sign-up with an address that is already active; the page answered as it does to everybody. */
export async function writeAlready({ locale, list, preferencesUrl, nextAt, origin }: Already): Promise<Letter> {
  const say = (key: string, values = {}) => message(locale, `letter.${key}`, { list: list.name, ...values });
  return writeNotice({
    locale,
    list,
    subject: say('already.subject'),
    preheader: say('already.preheader'),
    title: say('already.title'),
    lines: [say('already.body'), ...(nextAt === null ? [] : [say('nextAt', { nextAt })])],
    button: { label: say('already.button'), url: preferencesUrl, fallback: null },
    smallprint: [],
    why: whyLine(locale, list.name, origin),
    links: [{ label: say('preferences'), url: preferencesUrl }],
  });
}
