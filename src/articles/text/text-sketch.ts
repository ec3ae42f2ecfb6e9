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
    .map((shingle) => hashOf(shingle))
    .sort((a, b) => a - b)
    .slice(0, sketchSize);
}

/** FNV-1a with a final mix (MurmurHash3), 32 bits: a tenth of what a cryptographic hash costs. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** Two texts, by their sketches: the share of word sequences that both have (Jaccard, estimated), 0 to 1. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  const least = [...new Set([...one, ...other])].sort((a, b) => a - b).slice(0, sketchSize);
  const [first, second] = [new Set(one), new Set(other)];
  return least.filter((hash) => first.has(hash) && second.has(hash)).length / least.length;
}
