import { locales, type Locale } from '../../locales/messages.js';
import { functionWords, isReporting } from './function-words.js';

/** What a summary is held against. `text` is plain. */
export interface Summarised {
  title: string;
  text: string;
  /** A BCP 47 tag. */
  language: string;
}

const longest = 400;
const shortest = 40;

/**
 * What is wrong with a summary that a model wrote, or null. No number and no name may stand in it that the article does not have. In
 * Latin script a name is a word in capitals; Arabic has none, so there every word must come from the article. What the words are made to
 * say together, nobody can check like this: the letter says that a machine wrote it.
 */
export function checkSummary(summary: string, article: Summarised): string | null {
  const text = summary.trim();
  if (text.length < shortest) return 'it is too short';
  if (text.length > longest) return `it is longer than ${longest} characters`;
  if (/[<>{}[\]`*#|\n]|https?:|www\./i.test(text)) return 'it holds markup, a link or several lines';
  if (
    /\b(?:as an ai|language model|here is|here's a|summary:|résumé :|voici (?:un|le)|resumen:|aquí (?:está|tiene)|الملخص:)/i.test(
      text,
    )
  )
    return 'it speaks of itself';
  if (!isInLanguage(text, article.language)) return `it is not in the article’s language, ${article.language}`;
  const source = `${article.title}\n${article.text}`;
  const number = strangeNumber(text, source);
  if (number) return `the number ${number} is not in the article`;
  const name = isArabic(text) ? strangeArabicWord(text, source) : strangeName(text, source);
  return name ? `${name} is not in the article` : null;
}

/** Digits of every script as 0–9, without what groups them. */
const numbersIn = (text: string): Set<string> =>
  new Set((latinDigits(text).match(/\d+(?:[.,٫٬  ]\d+)*/gu) ?? []).map((number) => number.replace(/[.,٫٬  ]/gu, '')));

const latinDigits = (text: string): string => text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

/** Numbers in words, by what they are in digits. */
const spelled: Record<string, string> = Object.fromEntries(
  [
    ['2', 'two deux dos'],
    ['3', 'three trois tres'],
    ['4', 'four quatre cuatro'],
    ['5', 'five cinq cinco'],
    ['6', 'six seis'],
    ['7', 'seven sept siete'],
    ['8', 'eight huit ocho'],
    ['9', 'nine neuf nueve'],
    ['10', 'ten dix diez'],
    ['11', 'eleven onze once'],
    ['12', 'twelve douze doce dozen'],
    ['20', 'twenty vingt veinte'],
    ['30', 'thirty trente treinta'],
    ['100', 'hundred hundreds cent cents cien ciento cientos centaines'],
    ['1000', 'thousand thousands mille milliers mil miles'],
    ['million', 'million millions millones millón'],
    ['billion', 'billion billions milliard milliards'],
  ].flatMap(([number, words]) => words!.split(' ').map((word) => [word, number!])),
);

function strangeNumber(summary: string, source: string): string | null {
  const known = numbersIn(source);
  for (const word of wordsOf(source)) if (spelled[word]) known.add(spelled[word]);
  const stated = [...numbersIn(summary), ...wordsOf(summary).flatMap((word) => spelled[word] ?? [])];
  return stated.find((number) => !known.has(number)) ?? null;
}

/** A word in capitals that the article has nowhere; at the head of a sentence, one that is no function word either. */
function strangeName(summary: string, source: string): string | null {
  const known = new Set(wordsOf(source));
  const names = summary.match(/\p{Lu}[\p{L}\p{M}]*/gu) ?? [];
  const isIdle = (word: string) => locales.some((locale) => functionWords(locale).has(word));
  return names.find((name) => !known.has(fold(name)) && !isIdle(name.toLowerCase())) ?? null;
}

function strangeArabicWord(summary: string, source: string): string | null {
  const known = new Set(wordsOf(source).map(stem));
  const strange = wordsOf(summary).filter(
    (word) =>
      /\p{Script=Arabic}/u.test(word) && !functionWords('ar').has(word) && !isReporting(word) && !known.has(stem(word)),
  );
  const latin = strangeName(summary, source);
  return strange[0] ?? latin;
}

/** Without what Arabic writes together with a word: and, so, by, as, for, the. */
const stem = (word: string): string =>
  word.replace(/^[وف]?(?:[بكل]?ال|لل|[بكل])?(?=\p{L}{3})/u, '').replace(/[ةه]$/u, '');

const wordsOf = (text: string): string[] => (text.match(/[\p{L}\p{M}]+/gu) ?? []).map(fold);

/** Case, accents and the vowel marks and hamzas of Arabic set aside. */
const fold = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[أإآٱ]/gu, 'ا')
    .replace(/ى/gu, 'ي');

const isArabic = (text: string): boolean =>
  (text.match(/\p{Script=Arabic}/gu) ?? []).length > (text.match(/\p{Script=Latin}/gu) ?? []).length;

/** By the function words; where none of the four languages is the article's, only the script is compared. */
function isInLanguage(text: string, tag: string): boolean {
  const language = locales.find((locale) => locale === tag.split('-')[0]!.toLowerCase());
  if (!language) return true;
  if (isArabic(text) || language === 'ar') return isArabic(text) && language === 'ar';
  const score = (locale: Locale) =>
    (text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => functionWords(locale).has(word)).length;
  return locales.every((other) => score(other) <= score(language));
}
