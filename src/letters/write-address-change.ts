import { message, type Locale } from '../locales/messages.js';
import type { Letter, LetterList } from './letter.js';
import { writeNotice } from './write-notice.js';

/** @property confirmUrl the page with the button */
export interface AddressChange {
  locale: Locale;
  list: LetterList;
  confirmUrl: string;
}

/** Asks the owner of a new address whether a reader's letters are to come there. Nothing that a stranger typed stands in it. */
export function writeAddressChange({ locale, list, confirmUrl }: AddressChange): Promise<Letter> {
  const say = (key: string) => message(locale, `letter.${key}`, { list: list.name });
  return writeNotice({
    locale,
    list,
    subject: say('address.subject'),
    preheader: say('address.preheader'),
    title: say('address.title'),
    lines: [say('address.body')],
    button: { label: say('address.button'), url: confirmUrl, fallback: say('confirmation.link') },
    smallprint: [say('address.ignore')],
    why: say('whyAddress'),
    links: [],
  });
}

/** @property preferencesUrl as ever: the reader can change it back there */
export interface AddressChanged {
  locale: Locale;
  list: LetterList;
  preferencesUrl: string;
}

/** Tells the old address that letters go elsewhere, and not where: it may be somebody else's by now. */
export function writeAddressChanged({ locale, list, preferencesUrl }: AddressChanged): Promise<Letter> {
  const say = (key: string) => message(locale, `letter.${key}`, { list: list.name });
  return writeNotice({
    locale,
    list,
    subject: say('addressChanged.subject'),
    preheader: say('addressChanged.preheader'),
    title: say('addressChanged.title'),
    lines: [say('addressChanged.body'), say('addressChanged.not')],
    button: { label: say('already.button'), url: preferencesUrl, fallback: null },
    smallprint: [],
    why: say('whyAddress'),
    links: [],
  });
}
