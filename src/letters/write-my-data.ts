import { message, type Locale } from '../locales/messages.js';
import type { Letter, LetterList } from './letter.js';
import { writeNotice } from './write-notice.js';

export interface MyDataLetter {
  locale: Locale;
  list: LetterList;
  dataUrl: string;
  eraseUrl: string;
}

/** The way to somebody's data, and to erasing it. Sent to their own address, and to nobody else. */
export function writeMyData({ locale, list, dataUrl, eraseUrl }: MyDataLetter): Promise<Letter> {
  const say = (key: string) => message(locale, `letter.myData.${key}`, { list: list.name });
  return writeNotice({
    locale,
    list,
    subject: say('subject'),
    preheader: say('preheader'),
    title: say('title'),
    lines: [say('body'), say('erase')],
    button: { label: say('button'), url: dataUrl, fallback: null },
    smallprint: [say('notYou')],
    why: say('why'),
    links: [{ label: say('eraseLink'), url: eraseUrl }],
  });
}
