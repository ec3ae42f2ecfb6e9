import type { Instant } from '../../database/now.js';

/** Of a source whose rhythm is not known yet, and what failing ones double. */
export const usualMinutes = 15;
const leastMinutes = 5;
const mostMinutes = 6 * 60;
/** Fewer pauses than this are no rhythm. */
const leastPauses = 3;

/**
 * Minutes until a source is asked again: half of its usual pause between articles, more the longer it has been silent,
 * from 5 minutes to 6 hours.
 * @param published when its latest articles were published, in any order
 */
export function pollInterval(published: readonly Date[], now: Instant): number {
  const times = [...new Set(published.map((date) => date.getTime()))].sort((a, b) => a - b);
  const pauses = times.slice(1).map((time, index) => time - times[index]!);
  if (pauses.length < leastPauses) return usualMinutes;
  const usual = pauses.sort((a, b) => a - b)[pauses.length >> 1]!;
  const silence = now.epochMilliseconds - times.at(-1)!;
  const minutes = Math.round(Math.max(usual / 2, silence / 16) / 60_000);
  return Math.min(Math.max(minutes, leastMinutes), mostMinutes);
}
