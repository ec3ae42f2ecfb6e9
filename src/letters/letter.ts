import type { Locale } from '../locales/messages.js';
import type { Brand } from './brand.js';

/** One rendered mail: `html` and `text` are complete bodies with LF line ends, `subject` and `preheader` one line each. */
export interface Letter {
  subject: string;
  preheader: string;
  html: string;
  text: string;
  locale: Locale;
}

/** What every letter says about the list it comes from. `postalAddress` may have several lines. */
export interface LetterList {
  name: string;
  tagline: string;
  postalAddress: string;
  /** Absent: the house's looks. */
  brand?: Brand;
  homeUrl: string;
}
