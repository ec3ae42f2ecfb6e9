import type { Instant } from '../database/now.js';
import { readDate } from './read-date.js';

const earliest = Temporal.Instant.from('1990-01-01T00:00:00Z');
/**
 * When an item says it was published (see read-date.ts). Null when it does not say, says nonsense, or a time before
 * 1990, which is some system's zero. A time to come is now: a feed cannot keep an article on top by dating it tomorrow.
 */
export function publishedAt(written: string | null, now: Instant): Instant | null {
  const ms = written === null ? null : readDate(written);
  if (ms === null) return null;
  const instant = Temporal.Instant.fromEpochMilliseconds(ms);
  if (Temporal.Instant.compare(instant, earliest) < 0) return null;
  return notAfter(instant, now);
}

export function notAfter(instant: Instant, now: Instant): Instant {
  return Temporal.Instant.compare(instant, now) > 0 ? now : instant;
}
