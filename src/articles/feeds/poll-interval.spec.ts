import { describe, expect, it } from '@jest/globals';
import { pollInterval } from './poll-interval.js';

const now = Temporal.Instant.from('2026-11-24T05:00:00Z');
/** Articles published so many minutes ago. */
const ago = (...minutes: number[]) => minutes.map((count) => new Date(now.epochMilliseconds - count * 60_000));

describe('the interval between polls', () => {
  it.each([
    ['is the usual one while nothing is known', ago(), 15],
    ['is the usual one for a feed without dates, all seen at once', ago(9, 9, 9, 9, 9), 15],
    ['is half of the usual pause', ago(10, 50, 90, 130, 170), 20],
    ['is 5 minutes for an agency', ago(0, 1, 2, 3, 4, 5, 6), 5],
    ['is 6 hours for a weekly', ago(0, 10_080, 20_160, 30_240), 360],
    ['does not mind one long night', ago(20, 60, 100, 600, 640, 680), 20],
    ['grows while the source is silent', ago(960, 1000, 1040, 1080, 1120), 60],
    ['is 6 hours for one that sleeps', ago(20_000, 20_010, 20_020, 20_030), 360],
  ])('%s', (_, published, minutes) => expect(pollInterval(published, now)).toBe(minutes));
});
