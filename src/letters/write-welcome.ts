import { message, type Locale } from '../locales/messages.js';
import type { Letter, LetterList } from './letter.js';
import { whyLine, type Origin } from './why-line.js';
import { writeNotice } from './write-notice.js';

/** @property nextAt in words, such as `moment` gives; null if nothing is due */
export interface Welcome {
  locale: Locale;
  list: LetterList;
  nextAt: string | null;
  origin: Origin | null;
  preferencesUrl: string;
  unsubscribeUrl: string;
}

/** Welcomes a reader for whom no edition is ready yet; where one is, `writeEdition` writes the welcome. */
export async function writeWelcome({
  locale,
  list,
  nextAt,
  origin,
  preferencesUrl,
  unsubscribeUrl,
}: Welcome): Promise<Letter> {
  const say = (key: string, values = {}) => message(locale, `letter.${key}`, { list: list.name, ...values });
  return writeNotice({
    locale,
    list,
    subject: say('welcome.subject'),
    preheader: say('welcome.preheader'),
    title: say('welcome.title'),
    lines: [say('welcome.body'), ...(nextAt === null ? [] : [say('firstAt', { nextAt })])],
    button: { label: say('welcome.button'), url: preferencesUrl, fallback: null },
    smallprint: [],
    why: whyLine(locale, list.name, origin),
    links: [
      { label: say('preferences'), url: preferencesUrl },
      { label: say('unsubscribe'), url: unsubscribeUrl },
    ],
  });
}
