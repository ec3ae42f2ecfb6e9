import type { Candidate } from './candidate.js';
import { publishersOf, textOf, withoutCopies } from './score-story.js';

/** So many publishers that take a story up again say by themselves that it has moved. */
const publishersAlone = 3;

/**
 * Whether there is materially more of a story than readers had at `hadAt`: three publishers have come back to it, or two, and a
 * headline of theirs names a number that none named before (a toll, a count of votes). Copies of a text are no news (decision 0302).
 *
 * @param wanted those of its articles that these readers may get
 */
export function hasMore(wanted: Candidate[], articles: Candidate[], hadAt: Date): boolean {
  const known = articles.filter(({ firstSeenAt }) => firstSeenAt <= hadAt);
  const knownTexts = new Set(known.map(textOf));
  const fresh = withoutCopies(wanted.filter((one) => one.firstSeenAt > hadAt && !knownTexts.has(textOf(one))));
  const carriers = publishersOf(fresh).length;
  if (carriers >= publishersAlone) return true;
  const knownNumbers = new Set(known.flatMap(numbersOf));
  return carriers > 1 && fresh.flatMap(numbersOf).some((number) => !knownNumbers.has(number));
}

function numbersOf({ title, standfirst }: Candidate): string[] {
  return `${title} ${standfirst}`.match(/\p{N}[\p{N}.,]*/gu) ?? [];
}
