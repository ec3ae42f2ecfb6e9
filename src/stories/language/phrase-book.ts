import { plainArabic, type Word } from './read-words.js';

/** A stem shorter than this would stand for too much. */
const shortestStem = 3;

/** Phrases and what they stand for; the longest that fits wins. */
export class PhraseBook {
  private readonly whole = new Map<string, string>();
  private readonly stems = new Map<string, string>();
  private longestStem = 0;
  /** How many words the longest phrase has that begins with a word. */
  private readonly longestFrom = new Map<string, number>();

  /** @param phrase words joined by `_`; a star at the end stands for any ending */
  add(phrase: string, meaning: string): void {
    const [text, shelf] = phrase.endsWith('*') ? [phrase.slice(0, -1), this.stems] : [phrase, this.whole];
    const key = text.split('_').map(plainArabic).join('_');
    if (!shelf.has(key)) shelf.set(key, meaning);
    if (shelf === this.stems) this.longestStem = Math.max(this.longestStem, key.length);
    const [first, ...others] = key.split('_');
    this.longestFrom.set(first!, Math.max(this.longestFrom.get(first!) ?? 1, others.length + 1));
  }

  /** What stands at `at`, and how many words it takes. */
  find(words: Word[], at: number): { meaning: string; length: number } | undefined {
    for (let length = Math.min(this.longestFrom.get(words[at]!.form) ?? 1, words.length - at); length > 0; length--) {
      const key = length === 1 ? words[at]!.form : joined(words, at, length);
      const meaning = this.whole.get(key) ?? this.byStem(key);
      if (meaning) return { meaning, length };
    }
    return undefined;
  }

  private byStem(key: string): string | undefined {
    for (let end = Math.min(key.length, this.longestStem); end >= shortestStem; end--) {
      const meaning = this.stems.get(key.slice(0, end));
      if (meaning) return meaning;
    }
    return undefined;
  }
}

function joined(words: Word[], at: number, length: number): string {
  let key = words[at]!.form;
  for (let next = at + 1; next < at + length; next++) key += `_${words[next]!.form}`;
  return key;
}
