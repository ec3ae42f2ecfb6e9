import { direction, message, type Locale } from './messages.js';

const mostNamed = 4;

/** "Also reported by North Wire, The Meridian and 3 more"; empty for nobody. */
export function alsoReported(locale: Locale, publishers: readonly string[]): string {
  if (publishers.length === 0) return '';
  const named = publishers.slice(0, mostNamed).map((name) => isolated(name, locale));
  const names = named.join(message(locale, 'language.comma'));
  return message(locale, 'letter.alsoReported', { names, more: publishers.length - named.length });
}

/** A name that runs the other way must not pull its neighbours along (Unicode UAX 9, first strong isolate). */
function isolated(name: string, locale: Locale): string {
  const own = /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(name) ? 'rtl' : 'ltr';
  return own === direction(locale) ? name : `\u2068${name}\u2069`;
}
