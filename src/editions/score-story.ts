import type { Instant } from '../database/now.js';
import type { Candidate } from './candidate.js';

export const reasonKinds = [
  'publishers',
  'freshness',
  'weight',
  'update',
  'named',
  'pinned',
  'dropped',
  'had',
  'section',
  'old',
  'floor',
  'cap',
  'room',
] as const;

/** Why a story stands where it stands: `kind` for machines, `text` for people. */
export interface Reason {
  kind: (typeof reasonKinds)[number];
  text: string;
}

export interface Score {
  score: number;
  why: Reason[];
}

/** A story that nobody takes up any more counts half as much after this long. */
const halfLifeHours = 12;

/**
 * How much a story matters: each publisher that carries it counts with its weight, the second less than the first (a logarithm), and what is fresh counts up
 * to one publisher more. A copy of another article's text is no publisher more (decision 0302).
 *
 * @param articles of one story, at least one
 */
export function scoreStory(articles: Candidate[], now: Instant): Score {
  const weights = weightByPublisher(withoutCopies(articles));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const newest = Math.max(...articles.map(({ publishedAt }) => publishedAt.getTime()));
  const hours = Math.max(0, (now.epochMilliseconds - newest) / 3_600_000);
  const score = Math.log2(1 + total) + 2 ** (-hours / halfLifeHours);
  return { score: Math.round(score * 1000) / 1000, why: reasonsFor(weights, total, hours) };
}

/** The publishers of a story, one name each, in the order of the articles. */
export function publishersOf(articles: Candidate[]): string[] {
  return [...new Set(articles.map(({ publisher }) => publisher))];
}

/** Copies of one text have one name for it. */
export const textOf = ({ articleId, sameTextAs }: Candidate): string => sameTextAs ?? articleId;

/** One article for each text: of copies of one, the original if it is here, else the first. */
export function withoutCopies(articles: Candidate[]): Candidate[] {
  const byText = Map.groupBy(articles, textOf);
  return [...byText.values()].map((copies) => copies.find(({ sameTextAs }) => sameTextAs === null) ?? copies[0]!);
}

function weightByPublisher(articles: Candidate[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { publisher, weight } of articles) weights.set(publisher, Math.max(weight, weights.get(publisher) ?? 0));
  return weights;
}

function reasonsFor(weights: Map<string, number>, total: number, hours: number): Reason[] {
  const names = [...weights.keys()];
  const carriers =
    names.length === 1
      ? `one publisher carries it: ${names[0]}`
      : `${names.length} publishers carry it: ${names.join(', ')}`;
  const why: Reason[] = [{ kind: 'publishers', text: carriers }];
  if (total !== names.length)
    why.push({ kind: 'weight', text: `by their sources’ weights they count ${Math.round(total * 100) / 100}` });
  return [
    ...why,
    {
      kind: 'freshness',
      text: hours < 1 ? 'published within the last hour' : `last published ${Math.floor(hours)} h ago`,
    },
  ];
}
