/** A vector of length 1, as an embedding model gives it for an article's title and standfirst. */
export type UnitVector = Float32Array;

interface Seen {
  sum: Float64Array;
  articles: number;
  /** The mean cosine of two articles. */
  usual: number;
}

/** What is usual before there are articles to tell, as if this many had told it: high, so that the first few are not all taken for one. */
const assumed = { usual: 0.75, articles: 50 };
const highestUsual = 0.95;

/** @returns null for what no model should send: nothing, zeros, or numbers that are not finite */
export function unitVector(numbers: readonly number[]): UnitVector | null {
  const length = Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0));
  return length > 0 && Number.isFinite(length) ? Float32Array.from(numbers, (number) => number / length) : null;
}

/**
 * The cosine of two articles' vectors, seen against what is usual among the articles at hand: one model finds 0.7 between any two texts, another 0.1.
 * Vectors of different lengths are not compared.
 */
export class Closeness {
  private readonly byLength = new Map<number, Seen>();

  add(vector: UnitVector | null): void {
    if (vector) this.count(vector, 1);
  }

  remove(vector: UnitVector | null): void {
    if (vector) this.count(vector, -1);
  }

  /** @returns from 0, as close as any two or less, to 1; null when the two cannot be compared */
  between(a: UnitVector | null, b: UnitVector | null): number | null {
    if (!a || !b || a.length !== b.length) return null;
    const { usual } = this.byLength.get(a.length) ?? assumed;
    return Math.min(1, Math.max(0, (dot(a, b) - usual) / (1 - usual)));
  }

  private count(vector: UnitVector, by: 1 | -1): void {
    const { sum = new Float64Array(vector.length), articles = 0 } = this.byLength.get(vector.length) ?? {};
    for (let at = 0; at < vector.length; at++) sum[at]! += by * vector[at]!;
    this.byLength.set(vector.length, { sum, articles: articles + by, usual: usualOf(sum, articles + by) });
  }
}

/** |sum|² holds every pair twice and every article with itself. */
function usualOf(sum: Float64Array, articles: number): number {
  const mean = articles > 1 ? (dot(sum, sum) - articles) / (articles * (articles - 1)) : assumed.usual;
  const all = (assumed.usual * assumed.articles + mean * articles) / (assumed.articles + articles);
  return Math.min(highestUsual, Math.max(0, all));
}

function dot(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
