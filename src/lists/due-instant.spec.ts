import { describe, expect, it } from '@jest/globals';
import { dueOn, dueUntil, nextDue } from './due-instant.js';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const next = (timeZone: string, localTime: string, after: string, weekdays = everyDay) => {
  const due = nextDue({ timeZone, localTime, weekdays }, Temporal.Instant.from(after));
  return `${due.at.toString()} ${due.localDate}`;
};

describe('nextDue', () => {
  it.each([
    ['later today', 'Europe/Paris', '07:00', '2026-11-24T05:00:00Z', '2026-11-24T06:00:00Z 2026-11-24'],
    ['tomorrow once it has passed', 'Europe/Paris', '07:00', '2026-11-24T06:00:00Z', '2026-11-25T06:00:00Z 2026-11-25'],
    ['a zone ahead of UTC', 'Pacific/Kiritimati', '07:00', '2026-11-24T05:00:00Z', '2026-11-24T17:00:00Z 2026-11-25'],
    ['the gap shifts forward', 'Europe/Paris', '02:30', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00Z 2026-03-29'],
    ['the overlap takes the first', 'Europe/Paris', '02:30', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z 2026-10-25'],
    [
      'the overlap is not taken twice',
      'Europe/Paris',
      '02:30',
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00Z 2026-10-26',
    ],
    [
      "Lord Howe's half hour, gap",
      'Australia/Lord_Howe',
      '02:15',
      '2026-10-03T12:00:00Z',
      '2026-10-03T15:45:00Z 2026-10-04',
    ],
    ["Apia's missing day", 'Pacific/Apia', '07:00', '2011-12-29T20:00:00Z', '2011-12-30T17:00:00Z 2011-12-31'],
  ])('%s', (_what, zone, time, after, expected) => expect(next(zone, time, after)).toBe(expected));

  it('passes over days that are not chosen', () =>
    expect(next('Europe/Paris', '07:00', '2026-11-20T12:00:00Z', [1, 2, 3, 4, 5])).toBe(
      '2026-11-23T06:00:00Z 2026-11-23',
    ));

  it('gives the missing Friday of Apia no letter on Saturday', () =>
    expect(next('Pacific/Apia', '07:00', '2011-12-29T20:00:00Z', [5])).toBe('2012-01-05T17:00:00Z 2012-01-06'));
});

describe('dueUntil', () => {
  it('lists what was missed, oldest first', () => {
    const schedule = { timeZone: 'UTC', localTime: '07:00', weekdays: everyDay };
    const missed = dueUntil(
      schedule,
      Temporal.Instant.from('2026-11-20T07:00:00Z'),
      Temporal.Instant.from('2026-11-22T08:00:00Z'),
    );
    expect(missed.map((due) => due.localDate)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
  });
});

describe('dueOn', () => {
  const on = (timeZone: string, date: string, weekdays = everyDay) =>
    dueOn({ timeZone, localTime: '02:30', weekdays }, date)?.at.toString() ?? null;

  it.each([
    ['an ordinary day', 'Europe/Paris', '2026-11-24', everyDay, '2026-11-24T01:30:00Z'],
    ['a day with a gap', 'Europe/Paris', '2026-03-29', everyDay, '2026-03-29T01:30:00Z'],
    ['a day that is not chosen', 'Europe/Paris', '2026-11-24', [1], null],
    ['a day that the zone skips', 'Pacific/Apia', '2011-12-30', everyDay, null],
    ['the day after it', 'Pacific/Apia', '2011-12-31', everyDay, '2011-12-30T12:30:00Z'],
  ])('%s', (_what, zone, date, weekdays, expected) => expect(on(zone, date, weekdays)).toBe(expected));
});
