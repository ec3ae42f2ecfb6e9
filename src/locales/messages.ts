import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';

/** A language of pages and letters, by its subtag of BCP 47: `en`, `fr` … */
export type Locale = string;

/**
 * Each language is a file of ICU messages beside this one, with the same keys; to add one is to add a file. What it says of itself stands in it:
 * `language.tag` is what `Intl` is asked for (Arabic keeps the digits of links, clocks and addresses: one kind of digit in a letter, not two).
 */
const texts = new Map<Locale, Record<string, string>>(
  readdirSync(new URL('.', import.meta.url))
    .filter((file) => /^[a-z]{2,3}\.json$/.test(file))
    .map((file) => [file.slice(0, -'.json'.length), readTexts(file)]),
);

const place = (locale: Locale): number => Number(texts.get(locale)!['language.place']);

/** English first, then as the files say. */
export const locales = [...texts.keys()].sort((a, b) => place(a) - place(b)) as [Locale, ...Locale[]];

const textOf = (locale: Locale, key: string): string | undefined => texts.get(locale)?.[key];
const formats = new Map<string, IntlMessageFormat>();

/** @param values of the message's placeholders; plain text, the caller escapes the result for where it goes
 *  @throws {Error} for a key that does not exist, or a placeholder without a value */
export function message(locale: Locale, key: string, values: Record<string, string | number> = {}): string {
  return String(formatOf(locale, key).format(values));
}

/** The section in the reader's language if it is a well-known one, else as the newsroom wrote it. */
export function sectionName(locale: Locale, section: string): string {
  return textOf(locale, `section.${section}`) ?? section;
}

/** The place a zone is called by: "Asia/Tokyo" → "Tokyo", "طوكيو". Zones without a name of ours: the last part of their id. */
export function cityName(locale: Locale, timeZone: string): string {
  return textOf(locale, `city.${timeZone}`) ?? timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** The zones that have a name of ours, and `also`, by the reader's alphabet: what a reader chooses from. */
export function namedZones(locale: Locale, also: string): { id: string; name: string }[] {
  const ids = Object.keys(texts.get(locale)!).filter((key) => key.startsWith('city.'));
  const zones = new Set([...ids.map((key) => key.slice('city.'.length)), also]);
  const { compare } = new Intl.Collator(intlTag(locale));
  return [...zones].map((id) => ({ id, name: cityName(locale, id) })).sort((a, b) => compare(a.name, b.name));
}

export function direction(locale: Locale): 'ltr' | 'rtl' {
  return textOf(locale, 'language.direction') === 'rtl' ? 'rtl' : 'ltr';
}

/** The tag to give to `Intl` for this locale. */
export function intlTag(locale: Locale): string {
  return textOf(locale, 'language.tag') ?? locale;
}

/** @param wanted a tag ("fr-CA"), an Accept-Language header, or nothing */
export function pickLocale(wanted: string | undefined | null, fallback: Locale = 'en'): Locale {
  const ranges = (wanted ?? '').slice(0, 200).split(',').map(readRange);
  ranges.sort((a, b) => b.weight - a.weight);
  const found = ranges.find((range) => range.weight > 0 && isLocale(range.language));
  return found?.language ?? fallback;
}

/** One range of RFC 9110 §12.5.4, such as `fr-CA;q=0.8`. */
function readRange(range: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
  const quality = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='));
  return { language: tag.trim().split(/[-_]/)[0]!, weight: quality ? Number(quality.slice(2)) || 0 : 1 };
}

const isLocale = (language: string): boolean => texts.has(language);

/** Parsing is the slow part (tens of µs), so a message is parsed once a process. */
function formatOf(locale: Locale, key: string): IntlMessageFormat {
  const id = `${locale} ${key}`;
  const known = formats.get(id);
  if (known) return known;
  const text = textOf(locale, key);
  if (text === undefined) throw new Error(`No message "${key}" in ${locale}.json`);
  const format = new IntlMessageFormat(text, intlTag(locale), undefined, { ignoreTag: true });
  formats.set(id, format);
  return format;
}

function readTexts(file: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`./${file}`, import.meta.url), 'utf8')) as Record<string, string>;
}
