import { message, type Locale } from '../locales/messages.js';
import type { Letter, LetterList } from './letter.js';
import { writeNotice } from './write-notice.js';

/** @property requestedAt in words, such as `moment` gives
 *  @property network truncated, as it is kept with the consent; null if it is not known */
export interface Confirmation {
  locale: Locale;
  list: LetterList;
  confirmUrl: string;
  requestedAt: string;
  network: string | null;
}

/** Asks whether an address is its owner's: who asked and when, one button, and nothing that a stranger typed (M3AAWG on list-bombing). */
export async function writeConfirmation({
  locale,
  list,
  confirmUrl,
  requestedAt,
  network,
}: Confirmation): Promise<Letter> {
  const say = (key: string, values = {}) => message(locale, `letter.${key}`, { list: list.name, ...values });
  return writeNotice({
    locale,
    list,
    subject: say('confirmation.subject'),
    preheader: say('confirmation.preheader'),
    title: say('confirmation.title'),
    lines: [say('confirmation.body')],
    button: { label: say('confirmation.button'), url: confirmUrl, fallback: say('confirmation.link') },
    smallprint: [
      network === null
        ? say('confirmation.asked', { requestedAt })
        : say('confirmation.askedFrom', { requestedAt, network }),
      say('confirmation.ignore'),
    ],
    why: say('whyOnce'),
    links: [],
  });
}
