import type { Features } from './read-features.js';
import type { Rarity } from './rarity.js';

/** What likeness needs of an article. `at`: when it was published, ms. */
export interface Profile {
  language: string;
  at: number;
  weights: Map<string, number>;
  /** Length of the whole vector, and of the part that is the same in every language. */
  norm: number;
  sharedNorm: number;
  countries: string[];
  concepts: string[];
}

/** What two articles have in common. `marks` counts names, numbers and cities, what an event is told by; `beyondPlaces` all but the places. */
interface Overlap {
  words: number;
  shared: number;
  marks: number;
  beyondPlaces: number;
}

/** The cosines from which two articles are taken for one event, and what speaks against it; chosen on the tuning half of bench/stories. */
const ofOneEvent = { sameLanguage: 0.22, acrossLanguages: 0.34 };
const wordAcrossLanguages = 0.5;
const without = { marks: 0.8, matter: 0.4, secondMatter: 0.8, commonConcept: 0.6, commonCountry: 0.4 };
/** What an embedding model adds at most to 1, and takes at most, from and to the closeness of which it says nothing. */
const byVectors = { adds: 1.2, takes: 0.2, neutral: 0.5 };
/** A text of a few words is not told from another by one word that both have, such as “Continue reading”. */
const leastNorm = 16;
/** Nor across languages, by the only concept it has: water is in the news of a tap and of a planet. */
const leastSharedNorm = 8;
const halfLifeMs = 96 * 3_600_000;

export function profileOf(language: string, at: number, features: Features, rarity: Rarity): Profile {
  const weights = new Map([...features].map(([feature, place]) => [feature, place * rarity.of(feature)]));
  const named = (prefix: string) => [...features.keys()].filter((feature) => feature.startsWith(prefix));
  return {
    ...{ language, at, weights, norm: Math.max(leastNorm, length([...weights])) },
    sharedNorm: Math.max(leastSharedNorm, length([...weights].filter(([feature]) => !isWord(feature)))),
    countries: named('p:').filter((place) => !place.includes('/')),
    concepts: named('c:'),
  };
}

function overlapOf(a: Profile, b: Profile): Overlap {
  const overlap = { words: 0, shared: 0, marks: 0, beyondPlaces: 0 };
  const [few, many] = a.weights.size < b.weights.size ? [a, b] : [b, a];
  for (const [feature, weight] of few.weights) {
    const itsWeight = many.weights.get(feature);
    if (itsWeight === undefined) continue;
    overlap[isWord(feature) ? 'words' : 'shared'] += weight * itsWeight;
    if (!isWord(feature) && !feature.startsWith('c:')) overlap.marks++;
    if (!feature.startsWith('p:')) overlap.beyondPlaces++;
  }
  return overlap;
}

/**
 * How like one another two articles are, from 0; 1 is enough for one event. Words count in full within a language only; time sets articles apart, and so
 * does what each names and the other does not. `closeness` is what vectors say, 0 to 1, null where there are none.
 */
export function likeness(a: Profile, b: Profile, closeness: number | null = null): number {
  const together = togethernessOf(a, b);
  const byWords = likenessOfWords(a, b, together);
  if (closeness === null) return byWords;
  const { adds, takes, neutral } = byVectors;
  const beyond = (closeness - neutral) / neutral;
  return Math.max(0, byWords + (beyond > 0 ? together * adds : takes) * beyond);
}

/** A place alone tells little; a place and one thing more still fits two trials in one city. */
function doubtOfMatter(beyondPlaces: number): number {
  if (beyondPlaces === 0) return without.matter;
  return beyondPlaces === 1 ? without.secondMatter : 1;
}

/** From 1 down: time, and countries that both name and do not share. */
function togethernessOf(a: Profile, b: Profile): number {
  return 2 ** (-Math.abs(a.at - b.at) / halfLifeMs) * (apart(a.countries, b.countries) ? without.commonCountry : 1);
}

function likenessOfWords(a: Profile, b: Profile, together: number): number {
  const { words, shared, marks, beyondPlaces } = overlapOf(a, b);
  const doubt =
    together *
    (marks === 0 ? without.marks : 1) *
    doubtOfMatter(beyondPlaces) *
    (apart(a.concepts, b.concepts) ? without.commonConcept : 1);
  if (a.language === b.language) return (doubt * (words + shared)) / (a.norm * b.norm || 1) / ofOneEvent.sameLanguage;
  const common = words * wordAcrossLanguages + shared;
  return (doubt * common) / (a.sharedNorm * b.sharedNorm || 1) / ofOneEvent.acrossLanguages;
}

const isWord = (feature: string) => feature.startsWith('w:');

const apart = (a: string[], b: string[]) => a.length > 0 && b.length > 0 && !a.some((item) => b.includes(item));

function length(weights: [string, number][]): number {
  return Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0));
}
