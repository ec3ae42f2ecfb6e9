import { message, type Locale } from '../locales/messages.js';
import type { Letter, LetterList } from './letter.js';
import { writeNotice } from './write-notice.js';

/** @property all several lists were left at once
 *  @property undoUrl the unsubscribe page, which can take it back for an hour */
export interface Goodbye {
  locale: Locale;
  list: LetterList;
  all: boolean;
  undoUrl: string;
}

/** Says that a reader has left, so that somebody who did not notices. The last letter. */
export function writeGoodbye({ locale, list, all, undoUrl }: Goodbye): Promise<Letter> {
  const say = (key: string) => message(locale, `letter.${key}`, { list: list.name });
  return writeNotice({
    locale,
    list,
    subject: all ? say('goodbye.subjectAll') : say('goodbye.subject'),
    preheader: say('goodbye.preheader'),
    title: say('goodbye.title'),
    lines: [all ? say('goodbye.bodyAll') : say('goodbye.body')],
    button: { label: say('goodbye.button'), url: undoUrl, fallback: null },
    smallprint: [say('goodbye.later')],
    why: say('whyLeft'),
    links: [],
  });
}
