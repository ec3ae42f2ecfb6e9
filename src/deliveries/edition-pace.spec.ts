import { describe, expect, it } from '@jest/globals';
import { pace } from './edition-pace.js';

const now = Temporal.Instant.from('2026-11-24T07:00:00Z');

describe('the pace of an edition', () => {
  it('is what was accepted a second, and the end is when the rest will be', () => {
    const counts = { accepted: 900, queued: 290, armed: 10, refused: 50 };
    expect(pace({ state: 'sending', counts }, 600, 60, now)).toEqual({
      rate: 10,
      estimatedEnd: '2026-11-24T07:00:30Z',
    });
  });

  it('is honest in the first second, and has no end while nothing goes out', () => {
    expect(pace({ state: 'sending', counts: { queued: 10 } }, 5, 0.1, now).rate).toBe(5);
    expect(pace({ state: 'sending', counts: { queued: 10 } }, 0, 0, now)).toEqual({ rate: 0, estimatedEnd: null });
    expect(pace({ state: 'paused', counts: { queued: 10 } }, 60, 60, now).estimatedEnd).toBeNull();
  });
});
