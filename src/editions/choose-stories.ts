import type { Instant } from '../database/now.js';
import type { Candidate } from './candidate.js';

/** What decides on one group of readers. */
export interface Wishes {
  /** Null: every section. */
  sections: string[] | null;
  /** Stories these readers have had. */
  seen: ReadonlySet<string>;
  /** Their previous morning edition; null if they had none. */
  since: Instant | null;
  max: number;
}

/** How old an article may be: the longer of this and the time since the reader's previous morning edition. */
const publishedWithinHours = 36;

/**
 * An article is first seen when its polling round starts, and readable once it is written, minutes later: without an overlap
 * it would fall between two editions. What readers had is kept out by their memory.
 */
const overlapHours = 2;

/**
 * Chooses an edition's stories for one group of readers, freshest first, the lead at the head.
 * An article counts from when we first saw it, so one that arrives late is not lost; the bound on its
 * publication keeps a new source from flooding the letter with its past.
 *
 * @param candidates freshest first
 */
export function chooseStories(candidates: Candidate[], wishes: Wishes, now: Instant): Candidate[] {
  const oldest = now.subtract({ hours: publishedWithinHours });
  const publishedAfter = wishes.since && Temporal.Instant.compare(wishes.since, oldest) < 0 ? wishes.since : oldest;
  const seenAfter = wishes.since?.subtract({ hours: overlapHours });
  const chosen: Candidate[] = [];
  const taken = new Set(wishes.seen);
  for (const candidate of candidates) {
    if (chosen.length === wishes.max) break;
    if (taken.has(candidate.storyId)) continue;
    if (wishes.sections && !wishes.sections.includes(candidate.section)) continue;
    if (seenAfter && candidate.firstSeenAt.getTime() <= seenAfter.epochMilliseconds) continue;
    if (candidate.publishedAt.getTime() < publishedAfter.epochMilliseconds) continue;
    taken.add(candidate.storyId);
    chosen.push(candidate);
  }
  return chosen;
}
