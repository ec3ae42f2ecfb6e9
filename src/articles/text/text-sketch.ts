import { createHash } from 'node:crypto';

const shingleWords = 4;
const sketchSize = 32;
/** A text of fewer shingles says too little to be recognised. */
const leastShingles = 24;
const longestText = 20_000;

/**
 * The 32 least hashes of a text's sequences of four words (bottom-k MinHash), ascending. Case, punctuation and digits of a dateline
 * count little. Null for a text that is too short, and for scripts written without spaces.
 */
export function textSketch(text: string): number[] | null {
  const words =
    text
      .slice(0, longestText)
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const shingles = new Set<string>();
  for (let at = 0; at + shingleWords <= words.length; at++) shingles.add(words.slice(at, at + shingleWords).join(' '));
  if (shingles.size < leastShingles) return null;
  return [...shingles]
    .map((shingle) => createHash('md5').update(shingle).digest().readInt32BE(0))
    .sort((a, b) => a - b)
    .slice(0, sketchSize);
}

/** Two texts, by their sketches: the share of word sequences that both have (Jaccard, estimated), 0 to 1. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  const least = [...new Set([...one, ...other])].sort((a, b) => a - b).slice(0, sketchSize);
  const [first, second] = [new Set(one), new Set(other)];
  return least.filter((hash) => first.has(hash) && second.has(hash)).length / least.length;
}
