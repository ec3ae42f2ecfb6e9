import { describe, expect, it } from '@jest/globals';
import { dueOn, type LocalSchedule } from '../lists/due-instant.js';
import type { StoredSchedule } from '../lists/stored-schedule.js';
import { datesLetGo, handOver, owedNext, type Regime } from './regime.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const london = { timeZone: 'Europe/London', localTime: '07:00', weekdays: everyDay };

/** A schedule as Postgres has it: due on the date `next`, and opened for the last time on `served`. */
const stored = (
  id: string,
  local: Partial<LocalSchedule>,
  next = '2026-11-25',
  served: string | null = '2026-11-24',
): StoredSchedule => {
  const full = { ...london, ...local };
  const { at: nextDueAt, localDate: nextDueDate } = dueOn(full, next)!;
  const chosen = { timeZone: null, localTime: null, weekdays: null };
  return { id, ...full, nextDueAt, nextDueDate, servedDate: served, skippedDate: null, chosen };
};

describe('the letter that is owed next', () => {
  const early = stored('early', { localTime: '06:30' });
  const late = stored('late', { localTime: '07:00' });
  const only = (schedule: StoredSchedule, after: string | null = null): Regime => ({ schedule, after, previous: null });
  const owed = (regime: Regime, from: string, fromDate?: string) => {
    const { at: when, localDate, by } = owedNext(regime, at(from), fromDate);
    return `${by.id} ${localDate} ${when.toString()}`;
  };

  it.each([
    ['long before', '2026-11-20T00:00:00Z', undefined, 'late 2026-11-25 2026-11-25T07:00:00Z'],
    ['at its instant', '2026-11-25T07:00:00Z', undefined, 'late 2026-11-25 2026-11-25T07:00:00Z'],
    ['a nanosecond later', '2026-11-25T07:00:00.000000001Z', undefined, 'late 2026-11-26 2026-11-26T07:00:00Z'],
    ['at that of the next one', '2026-11-26T07:00:00Z', undefined, 'late 2026-11-26 2026-11-26T07:00:00Z'],
    ['from its own date on', '2026-11-20T00:00:00Z', '2026-11-25', 'late 2026-11-25 2026-11-25T07:00:00Z'],
    ['from a later date on', '2026-11-20T00:00:00Z', '2026-11-28', 'late 2026-11-28 2026-11-28T07:00:00Z'],
  ])('%s', (_, from, fromDate, expected) => expect(owed(only(late), from, fromDate)).toBe(expected));

  it('is of a date after the turn has begun', () => {
    expect(owed(only(late, '2026-11-24'), '2026-11-20T00:00:00Z')).toBe('late 2026-11-25 2026-11-25T07:00:00Z');
    expect(owed(only(late, '2026-11-25'), '2026-11-20T00:00:00Z')).toBe('late 2026-11-26 2026-11-26T07:00:00Z');
    expect(owed(only(late, '2026-11-27'), '2026-11-20T00:00:00Z', '2026-11-26')).toBe(
      'late 2026-11-28 2026-11-28T07:00:00Z',
    );
  });

  it('comes by the old schedule up to and with the last date of its turn', () => {
    const regime = (oldNext: string): Regime => ({
      schedule: early,
      after: '2026-11-25',
      previous: { schedule: stored('old', { localTime: '07:00' }, oldNext), after: '2026-11-20' },
    });
    expect(owed(regime('2026-11-24'), '2026-11-20T00:00:00Z')).toBe('old 2026-11-24 2026-11-24T07:00:00Z');
    expect(owed(regime('2026-11-25'), '2026-11-20T00:00:00Z')).toBe('old 2026-11-25 2026-11-25T07:00:00Z');
    expect(owed(regime('2026-11-26'), '2026-11-20T00:00:00Z')).toBe('early 2026-11-26 2026-11-26T06:30:00Z');
    expect(owed(regime('2026-11-25'), '2026-11-25T07:00:01Z')).toBe('early 2026-11-26 2026-11-26T06:30:00Z');
    expect(owed(regime('2026-11-25'), '2026-11-20T00:00:00Z', '2026-11-26')).toBe(
      'early 2026-11-26 2026-11-26T06:30:00Z',
    );
  });

  it('comes by the new schedule where the old one would bring an older date at the same instant, or later', () => {
    const regime = (localTime: string): Regime => ({
      schedule: stored('east', { timeZone: 'Pacific/Kiritimati', localTime: '00:00' }, '2026-11-27'),
      after: '2026-11-25',
      previous: { schedule: stored('west', { timeZone: 'Pacific/Pago_Pago', localTime }), after: null },
    });
    const east = 'east 2026-11-27 2026-11-26T10:00:00Z';
    expect(owed(regime('22:59'), '2026-11-20T00:00:00Z')).toBe('west 2026-11-25 2026-11-26T09:59:00Z');
    expect(owed(regime('23:00'), '2026-11-20T00:00:00Z')).toBe(east);
    expect(owed(regime('23:01'), '2026-11-20T00:00:00Z')).toBe(east);
  });
});

describe('a reader who goes over to another schedule', () => {
  const now = at('2026-12-10T12:00:00Z');
  const to = stored('to', {}, '2026-12-11', '2026-12-10');

  /** Nothing is owed today: the new schedule counts after the last date that was opened, by the one whose turn it was. */
  it.each<[string, string | null, string | null, [string | null, string | null] | null, string | null, string | null]>([
    ['nothing was opened', null, null, null, null, null],
    ['its schedule was opened', null, '2026-12-05', null, '2026-12-05', 'current'],
    ['its schedule was opened before its turn', '2026-12-07', '2026-12-05', null, '2026-12-07', null],
    ['its schedule was opened on the day before its turn', '2026-12-05', '2026-12-05', null, '2026-12-05', null],
    ['its schedule was never opened', '2026-12-07', null, null, '2026-12-07', null],
    ['both were', '2026-12-03', '2026-12-05', ['2026-12-02', '2026-12-04'], '2026-12-05', 'current'],
    ['the old one was', '2026-12-05', null, ['2026-12-02', '2026-12-04'], '2026-12-04', 'old'],
    ['the old one was to the end of its turn', '2026-12-05', null, ['2026-12-02', '2026-12-05'], '2026-12-05', 'old'],
    ['the old one was after its turn', '2026-12-05', null, ['2026-12-02', '2026-12-06'], '2026-12-05', 'old'],
    ['the old one was before its turn', '2026-12-05', null, ['2026-12-02', '2026-12-01'], '2026-12-02', null],
    ['none was', '2026-12-05', null, ['2026-12-02', null], '2026-12-02', null],
    ['none ever was', '2026-12-05', null, [null, null], null, null],
    ['the old one alone was', '2026-12-05', null, [null, '2026-12-04'], '2026-12-04', 'old'],
  ])('where %s', (_, after, served, previous, counts, by) => {
    const old = stored('old', {}, '2026-12-20', previous?.[1]);
    const current = stored('current', {}, '2026-12-20', served);
    const turn = previous && { schedule: { ...old, servedDate: previous[1] }, after: previous[0] };
    const next = handOver({ schedule: current, after, previous: turn }, to, now);
    expect(next.schedule).toBe(to);
    expect(next.after).toBe(counts);
    expect(next.previous?.schedule.id ?? null).toBe(by);
    if (by === 'current') expect(next.previous?.after).toBe(after);
    if (by === 'old') expect(next.previous?.after).toBe(previous![0]);
  });

  it('does not get an older letter after a newer one, though the list was moved in between', () => {
    const old = stored('old', { timeZone: 'America/New_York', localTime: '23:00' });
    const current = stored('current', { timeZone: 'Asia/Tokyo' }, '2026-11-27', '2026-11-26');
    const home = stored('home', { timeZone: 'America/New_York', localTime: '06:00' }, '2026-11-26', '2026-11-25');
    const regime = { schedule: current, after: '2026-11-25', previous: { schedule: old, after: null } };
    expect(handOver(regime, home, at('2026-11-25T23:00:00Z'))).toEqual({
      schedule: home,
      after: '2026-11-26',
      previous: { schedule: current, after: '2026-11-25' },
    });
  });
});

describe('the dates that a change lets go', () => {
  const before = (next: string): Regime => ({ schedule: stored('old', {}, next), after: null, previous: null });
  const weekdays = [1, 2, 3, 5];
  const after = (counts: string | null): Regime => ({
    schedule: stored('new', { weekdays }, '2026-11-30'),
    after: counts,
    previous: null,
  });

  it.each<[string, string, string | null, string[]]>([
    [
      'each one between, of the weekdays that are wanted',
      '2026-11-24',
      null,
      ['2026-11-24', '2026-11-25', '2026-11-27'],
    ],
    ['but not the one that the old schedule has brought', '2026-11-24', '2026-11-25', ['2026-11-24', '2026-11-27']],
    ['none where the next one is the same', '2026-11-30', null, []],
    ['none where the next one comes earlier', '2026-12-01', null, []],
  ])('%s', (_, next, counts, dates) => expect(datesLetGo(before(next), after(counts))).toEqual(dates));
});
