import { describe, expect, it } from '@jest/globals';
import { judgeHealth, type SourceHistory } from './judge-health.js';

const now = Temporal.Instant.from('2026-11-24T05:00:00Z');
const ago = (...hours: number[]) => hours.map((count) => now.subtract({ minutes: Math.round(count * 60) }));
/** An article every four hours for ten days, the last one an hour ago. */
const steady = ago(...Array.from({ length: 60 }, (_, at) => 1 + at * 4).reverse());
const well: SourceHistory = {
  failures: 0,
  problem: null,
  nextPollAt: now,
  intervalMinutes: 15,
  seen: steady,
  undated: 0,
};
const judged = (change: Partial<SourceHistory>, at = now) => judgeHealth({ ...well, nextPollAt: at, ...change }, at);

describe('a source', () => {
  it('is well', () => expect(judged({})).toEqual({ health: 'well', detail: '' }));
  it('is well when nothing is known of it', () => expect(judged({ seen: [] }).health).toBe('well'));

  it('is failing after three failures, not after two', () => {
    expect(judged({ failures: 2 }).health).toBe('well');
    expect(judged({ failures: 3, problem: 'the feed is empty' })).toEqual({
      health: 'failing',
      detail: 'failed 3 times in a row: the feed is empty',
    });
  });

  it('is stuck when it is due and nobody polls it', () => {
    expect(judged({ nextPollAt: ago(0.9)[0]! }).health).toBe('well');
    expect(judged({ nextPollAt: ago(2)[0]! })).toMatchObject({
      health: 'stuck',
      detail: expect.stringContaining('2 h ago'),
    });
    expect(judged({ nextPollAt: ago(2)[0]!, intervalMinutes: 360 }).health).toBe('well');
  });

  it('is silent by its own measure', () => {
    expect(judged({}, now.add({ hours: 4 })).health).toBe('well');
    expect(judged({}, now.add({ hours: 6 })).health).toBe('silent');
    const weekly = ago(240, 200, 160, 120, 80);
    expect(judged({ seen: weekly }, now.subtract({ hours: 30 })).health).toBe('well');
    expect(judged({ seen: weekly })).toEqual({
      health: 'silent',
      detail: 'nothing new for 3 days; its longest pause in two weeks was 40 h',
    });
  });

  it('is not silent before it has a history', () => {
    expect(judged({ seen: ago(90, 80, 70, 60) }).health).toBe('well');
    expect(judged({ seen: ago(100, 90, 80, 70, 60) }).health).toBe('silent');
  });

  it('is flooding by its own measure, and not on its first day', () => {
    const flood = Array.from({ length: 40 }, () => now.subtract({ minutes: 30 }));
    expect(judged({ seen: [...steady, ...flood] })).toMatchObject({
      health: 'flooding',
      detail: '46 articles in a day; its busiest day in two weeks had 6',
    });
    expect(judged({ seen: flood }).health).toBe('well');
    const busy = flood.slice(0, 17);
    expect(judged({ seen: [...steady, ...busy] }).health).toBe('well'); // 23 beside 6 at most
  });

  it('is undated when most of its latest articles are', () => {
    expect(judged({ undated: 10 }).health).toBe('well');
    expect(judged({ undated: 11 })).toMatchObject({
      health: 'undated',
      detail: '11 of its latest 20 articles came without a date',
    });
  });
});
