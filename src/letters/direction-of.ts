import { direction, type Locale } from '../locales/messages.js';

/** The way a text runs, by the letters it has most of. (`dir="auto"` asks only the first one, and turns round
 *  an Arabic headline that begins with "CERN".) Text without letters: undecided. */
export function directionOf(text: string): 'ltr' | 'rtl' | 'auto' {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const rightToLeft =
    text.match(/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/gu)?.length ?? 0;
  if (letters === 0) return 'auto';
  return rightToLeft * 2 > letters ? 'rtl' : 'ltr';
}

/** A text inside a line of the letter's language. One that runs the other way ends in a mark, or it would pull what follows over to its side. */
export function heldApart(locale: Locale, text: string): string {
  const isRightToLeft = direction(locale) === 'rtl';
  if (directionOf(text) !== (isRightToLeft ? 'ltr' : 'rtl')) return text;
  return text + (isRightToLeft ? '\u200F' : '\u200E');
}
