/** A word of a text. `form`: lower case, without accents, Arabic in one spelling and without its article. */
export interface Word {
  form: string;
  script: 'latin' | 'arabic' | 'other';
  /** Written with a capital where the language does not ask for one. */
  name: boolean;
}

const token = /\p{N}[\p{N}.,:\u066b\u066c]*\p{N}|\p{N}+|[\p{L}\p{M}]+|[.!?…:;«»“”"]/gu;

/** As French and Spanish set the thousands apart: 400 000. */
const thousandsSpace = /(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g;

/** Title Case says nothing about names: from this share of capitals on, they are not believed. */
const titleCaseShare = 0.6;

/** Splits a text into words and numbers; the punctuation between them tells where a capital is a matter of course. */
export function readWords(text: string): Word[] {
  const tokens = text.replace(thousandsSpace, '').match(token) ?? [];
  const believed = !isTitleCase(tokens);
  return tokens.flatMap((raw, at) => {
    if (!/[\p{L}\p{N}]/u.test(raw)) return [];
    const script = /\p{Script=Arabic}/u.test(raw) ? 'arabic' : /\p{Script=Latin}/u.test(raw) ? 'latin' : 'other';
    const form = script === 'arabic' ? plainArabic(raw) : plainLatin(raw);
    const first = at === 0 || /^[.!?…:;«»“”"]$/.test(tokens[at - 1]!);
    const capital = /^\p{Lu}/u.test(raw);
    const named = capital && believed && (!first || /^\p{Lu}/u.test(tokens[at + 1] ?? ''));
    return [{ form, script, name: script === 'latin' && (named || /^\p{Lu}{2,5}$/u.test(raw)) } satisfies Word];
  });
}

function isTitleCase(tokens: string[]): boolean {
  const long = tokens.filter((word) => /^\p{L}{4,}$/u.test(word));
  return long.length > 3 && long.filter((word) => /^\p{Lu}/u.test(word)).length / long.length > titleCaseShare;
}

function plainLatin(word: string): string {
  return word.toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/ß/g, 'ss').replace(/ø/g, 'o').replace(/ł/g, 'l').replace(/ı/g, 'i')
    .normalize('NFKD').replace(/\p{M}+/gu, ''); // prettier-ignore
}

/** One letter for the forms of alif, ya and ta marbuta; no vowel signs, no article. */
export function plainArabic(word: string): string {
  const plain = word
    .normalize('NFKC')
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىئ]/g, 'ي')
    .replace(/ؤ/g, 'و')
    .replace(/ة/g, 'ه');
  return plain.replace(/^(?:[وف]?(?:[بك]?ال|لل))(?=..)/, '');
}
