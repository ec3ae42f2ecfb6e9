/**
 * How much a feature tells: the rarer, the more. The articles at hand are counted beside a background of imagined ones, so that a rare word weighs
 * alike among eight articles and among ten thousand.
 */
export class Rarity {
  private readonly counts = new Map<string, number>();
  private articles = 0;

  add(features: Iterable<string>): void {
    this.articles++;
    for (const feature of features) this.counts.set(feature, (this.counts.get(feature) ?? 0) + 1);
  }

  remove(features: Iterable<string>): void {
    this.articles--;
    for (const feature of features) {
      const left = (this.counts.get(feature) ?? 1) - 1;
      if (left === 0) this.counts.delete(feature);
      else this.counts.set(feature, left);
    }
  }

  count(feature: string): number {
    return this.counts.get(feature) ?? 0;
  }

  of(feature: string): number {
    return Math.log((background + this.articles) / (expected(feature) + this.count(feature)));
  }
}

const background = 3000;

/** Two consonants, as of Oran: more than one name has them. */
const shortName = 'n:rn'.length;

/** How many of the background's articles have it. */
function expected(feature: string): number {
  if (feature.startsWith('c:')) return 45;
  if (feature.startsWith('p:')) return feature.includes('/') ? 10 : 60;
  if (feature.startsWith('#')) return feature.length <= 3 ? 40 : 8;
  return feature.startsWith('n:') ? (feature.length === shortName ? 30 : 5) : 8;
}
