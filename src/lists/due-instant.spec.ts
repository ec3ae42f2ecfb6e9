import { describe, expect, it } from '@jest/globals';
import { dueOn, dueUntil, localDateOf, longestPause, nextDue, nextDueAfterDate } from './due-instant.js';

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
    [
      'a gap over midnight keeps the date',
      'America/Nuuk',
      '23:30',
      '2027-03-27T12:00:00Z',
      '2027-03-28T01:30:00Z 2027-03-27',
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

describe('nextDueAfterDate', () => {
  const nextAfter = (after: string, date: string | null, weekdays = everyDay) => {
    const schedule = { timeZone: 'Europe/Paris', localTime: '07:00', weekdays };
    return nextDueAfterDate(schedule, Temporal.Instant.from(after), date).localDate;
  };

  it.each<[string, string | null, number[], string]>([
    ['2026-11-24T05:00:00Z', null, everyDay, '2026-11-24'],
    ['2026-11-24T05:00:00Z', '2026-10-01', everyDay, '2026-11-24'],
    ['2026-11-24T05:00:00Z', '2026-11-22', everyDay, '2026-11-24'],
    ['2026-11-24T05:00:00Z', '2026-11-23', everyDay, '2026-11-24'],
    ['2026-11-24T05:00:00Z', '2026-11-24', everyDay, '2026-11-25'],
    ['2026-11-24T05:00:00Z', '2027-01-05', everyDay, '2027-01-06'],
    ['2026-11-24T05:00:00Z', '2027-01-05', [2], '2027-01-12'],
  ])('after %s, and after the date %s, on %j', (after, date, weekdays, expected) =>
    expect(nextAfter(after, date, weekdays)).toBe(expected),
  );

  it('says so of a schedule without a day', () => {
    expect(() => nextAfter('2026-11-24T05:00:00Z', null, [])).toThrow(RangeError);
    expect(() => nextAfter('2026-11-24T05:00:00Z', null, [])).toThrow(/^No due instant within two weeks: \{.+\}$/);
  });

  it('finds the only day of a week, also where the zone skips it once', () => {
    const after = Temporal.Instant.from('2011-12-24T12:00:00Z');
    expect(next('Pacific/Apia', '07:00', after.toString(), [5])).toBe('2012-01-05T17:00:00Z 2012-01-06');
  });
});

describe('longestPause', () => {
  it.each([
    [everyDay, 1],
    [[1, 2, 3, 4, 5], 3],
    [[3], 7],
    [[1, 7], 6],
    [[1, 4], 4],
    [[7, 1, 3], 4],
    [[3, 2, 1], 5],
    [[6, 7], 6],
  ])('of %j is %d days', (weekdays, days) => {
    const given = [...weekdays];
    expect(longestPause(given)).toBe(days);
    expect(given).toEqual(weekdays);
  });
});

describe('localDateOf', () => {
  it.each([
    ['2026-11-24T09:59:59Z', 'Pacific/Kiritimati', '2026-11-24'],
    ['2026-11-24T10:00:00Z', 'Pacific/Kiritimati', '2026-11-25'],
    ['2026-11-24T10:00:00Z', 'Pacific/Pago_Pago', '2026-11-23'],
  ])('%s in %s', (instant, zone, date) => expect(localDateOf(Temporal.Instant.from(instant), zone)).toBe(date));
});

describe('dueUntil', () => {
  const at = (text: string) => Temporal.Instant.from(text);

  it('takes in what is due right now, and nothing of later', () => {
    const schedule = { timeZone: 'UTC', localTime: '07:00', weekdays: everyDay };
    const first = { at: at('2026-11-20T07:00:00Z'), localDate: '2026-11-20' };
    expect(dueUntil(schedule, first, at('2026-11-20T06:59:59Z'))).toEqual([]);
    expect(dueUntil(schedule, first, at('2026-11-20T07:00:00Z'))).toEqual([first]);
    expect(dueUntil(schedule, first, at('2026-11-21T06:59:59Z'))).toEqual([first]);
  });

  it('lists what was missed, oldest first', () => {
    const schedule = { timeZone: 'UTC', localTime: '07:00', weekdays: everyDay };
    const missed = dueUntil(
      schedule,
      { at: Temporal.Instant.from('2026-11-20T07:00:00Z'), localDate: '2026-11-20' },
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

describe('in every zone, on the days before and after each change of its clocks to 2035', () => {
  const end = Temporal.Instant.from('2035-12-31T00:00:00Z');

  function changesOf(timeZone: string): Temporal.ZonedDateTime[] {
    const changes: Temporal.ZonedDateTime[] = [];
    let at = Temporal.Instant.from('2026-01-01T00:00:00Z').toZonedDateTimeISO(timeZone).getTimeZoneTransition('next');
    for (; at && Temporal.Instant.compare(at.toInstant(), end) < 0; at = at.getTimeZoneTransition('next'))
      changes.push(at);
    return changes;
  }

  /** What goes wrong with one letter a day at this time, over five days around the change. */
  function faultsAt(change: Temporal.ZonedDateTime, localTime: string): string[] {
    const schedule = { timeZone: change.timeZoneId, localTime, weekdays: everyDay };
    const first = change.toPlainDate().subtract({ days: 3 });
    const dates = [1, 2, 3, 4, 5].map((days) => first.add({ days }).toString());
    const due = dueUntil(schedule, dueOn(schedule, dates[0]!)!, dueOn(schedule, dates[4]!)!.at);
    const weekly = dates.map((date) => {
      const weekdays = [Temporal.PlainDate.from(date).dayOfWeek];
      return nextDue({ ...schedule, weekdays }, due[0]!.at.subtract({ hours: 1 })).localDate;
    });
    const got = due.map(({ localDate }) => localDate);
    return got.join() === dates.join() && weekly.join() === dates.join()
      ? []
      : [`${schedule.timeZone} ${localTime}: daily ${got.join()}, weekly ${weekly.join()}`];
  }

  it('each date has one letter, of a daily and of a weekly reader', () => {
    const faults = Intl.supportedValuesOf('timeZone').flatMap((zone) =>
      changesOf(zone).flatMap((change) => {
        const around = [-90, -30, 30].map((minutes) => change.add({ minutes }).toPlainTime());
        const times = around.map((time) => time.toString({ smallestUnit: 'minute' }));
        return [...new Set([...times, '00:15', '23:30'])].flatMap((time) => faultsAt(change, time));
      }),
    );
    expect(faults).toEqual([]);
  });
});
