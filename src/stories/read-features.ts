import { knownPhrases } from './language/known-phrases.js';
import { readWords, type Word } from './language/read-words.js';
import { skeleton } from './language/skeleton.js';
import { stopWords } from './language/stop-words.js';

export interface StoryText {
  title: string;
  standfirst: string;
  /** Plain text; only its beginning is read. */
  body: string;
}

/**
 * What an article is about, as features with the weight of where they stand (0.5 to 1.6). By their first letter: `c` a concept, `p` a place, `#` a number,
 * `n` the skeleton of a name — these four are the same in every language — and `w` a word's stem.
 */
export type Features = Map<string, number>;

const opening = 400;
const stemLength = { latin: 6, arabic: 5, other: 6 };

export function readFeatures({ title, standfirst, body }: StoryText): Features {
  const features: Features = new Map();
  for (const feature of featuresOf(title)) features.set(feature, 1.3);
  for (const feature of new Set(featuresOf(standfirst))) features.set(feature, features.has(feature) ? 1.6 : 1);
  for (const feature of featuresOf(body.slice(0, opening))) if (!features.has(feature)) features.set(feature, 0.5);
  return features;
}

function featuresOf(text: string): string[] {
  const words = readWords(text).filter(({ form }) => form.length > 1 || /\d/.test(form));
  const found: string[] = [];
  for (let at = 0; at < words.length;) {
    const known = knownPhrases.find(words, at);
    found.push(...(known ? meaningsOf(known.meaning) : featuresOfWord(words[at]!)));
    at += known?.length ?? 1;
  }
  return found;
}

/** A city stands for its country too. */
function meaningsOf(meaning: string): string[] {
  return meaning.includes('/') ? [meaning, meaning.slice(0, meaning.indexOf('/'))] : [meaning];
}

function featuresOfWord({ form, script, name }: Word): string[] {
  if (/\d|\p{N}/u.test(form)) return numberOf(form);
  if (stopWords.has(form) || form.length < 3) return [];
  const stem = script === 'arabic' ? arabicStem(form) : form.replace(/(?:es|s|x)$/, '');
  const word = `w:${stem.slice(0, stemLength[script])}`;
  if (script === 'other' || (script === 'latin' && !name)) return [word];
  const bones = skeleton(form, script);
  const told = bones.length >= 3 || (bones.length === 2 && form.length >= 4);
  return told ? [word, `n:${bones}`] : [word];
}

function arabicStem(form: string): string {
  const bare = form.length > 4 ? form.replace(/^[وفبلك](?=...)/, '') : form;
  return bare.length > 4 ? bare.replace(/(?:هما|كم|هم|ها|ات|ون|ين|ان|يه|وا|ه|ا|ي)$/, '') : bare;
}

/** 7.6, 7,6 and ٧٫٦ are one number; so are 400,000, 400.000 and 400 000. Years are none. */
function numberOf(written: string): string[] {
  const digits = written
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u066b,]/g, '.')
    .replace(/\u066c/g, '');
  const joined = digits.replace(/\.(?=\d{3}(?:\D|$))/g, '');
  return /^(?:19|20)\d\d$/.test(joined) || joined.length < 2 ? [] : [`#${joined}`];
}
