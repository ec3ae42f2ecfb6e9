import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SimulatedReader } from '../../test/support/simulated-reader.js';
import { dueOn, type LocalSchedule } from '../lists/due-instant.js';
import type { StoredSchedule } from '../lists/stored-schedule.js';
import { datesLetGo, handOver, owedNext, type Regime } from './regime.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const everyDay = [1, 2, 3, 4, 5, 6, 7];

const london = { timeZone: 'Europe/London', localTime: '07:00', weekdays: everyDay };
const dates = ({ letters }: SimulatedReader) => letters.map(({ date }) => date.slice(-2)).join(' ');

describe('a reader who changes the hour', () => {
  it('before today’s letter, to one that has passed: today’s still comes by the old one, once', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london);
    reader.until(at('2026-11-25T06:45:00Z'));
    reader.choose({ localTime: '06:30' });
    expect(reader.nextLetter()).toBe('2026-11-25T07:00');
    reader.until(at('2026-11-25T12:00:00Z'));
    expect(reader.nextLetter()).toBe('2026-11-26T06:30');
    reader.until(at('2026-11-27T12:00:00Z'));
    expect(dates(reader)).toBe('24 25 26 27');
  });

  it('before today’s letter, to a later one: it comes at the new hour', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london);
    reader.until(at('2026-11-25T06:45:00Z'));
    reader.choose({ localTime: '08:00' });
    expect(reader.nextLetter()).toBe('2026-11-25T08:00');
    reader.until(at('2026-11-26T12:00:00Z'));
    expect(dates(reader)).toBe('24 25 26');
  });

  it('after today’s letter, to a later one: the new hour counts from tomorrow', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london);
    reader.until(at('2026-11-25T07:10:00Z'));
    reader.choose({ localTime: '08:00' });
    expect(reader.nextLetter()).toBe('2026-11-26T08:00');
    reader.until(at('2026-11-26T12:00:00Z'));
    expect(dates(reader)).toBe('24 25 26');
  });

  it('to one that other readers have been served by today, and twice in a row', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london, { localTime: '06:30' });
    reader.choose({ localTime: null });
    reader.until(at('2026-11-25T06:45:00Z'));
    reader.choose({ localTime: '06:30' });
    reader.choose({ localTime: '06:00' });
    reader.choose({ localTime: '06:30' });
    expect(reader.nextLetter()).toBe('2026-11-25T07:00');
    reader.until(at('2026-11-26T12:00:00Z'));
    expect(dates(reader)).toBe('24 25 26');
  });

  it('from Tokyo to New York and back: one letter for each date', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london, { timeZone: 'Asia/Tokyo' });
    reader.until(at('2026-11-25T11:00:00Z')); // Wednesday evening in Tokyo, Wednesday 06:00 in New York
    reader.choose({ timeZone: 'America/New_York' });
    expect(reader.nextLetter()).toBe('2026-11-26T07:00');
    reader.until(at('2026-11-27T13:00:00Z'));
    reader.choose({ timeZone: 'Asia/Tokyo' });
    reader.until(at('2026-11-29T00:00:00Z'));
    expect(dates(reader)).toBe('25 26 27 28 29');
  });

  it('three times before the new hour brings anything, at last back over midnight: yesterday’s, which they had, does not come again', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london);
    reader.until(at('2026-11-24T12:00:00Z'));
    reader.choose({ localTime: '04:00' });
    reader.until(at('2026-11-25T03:00:00Z'));
    reader.choose({ localTime: '02:00' }); // today’s is to come at 04:00
    reader.choose({ timeZone: 'America/New_York', localTime: '23:45' }); // 22:00 of yesterday there
    expect(reader.nextLetter()).toBe('2026-11-25T23:45');
    reader.until(at('2026-11-27T12:00:00Z'));
    expect(dates(reader)).toBe('24 25 26');
  });

  it('eastwards and back after tomorrow’s has come: it does not come again, nor today’s after it', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london, { localTime: '23:45' });
    reader.until(at('2026-11-25T10:00:00Z'));
    reader.choose({ timeZone: 'Asia/Tokyo', localTime: '07:00' }); // today’s would come at 08:45 of tomorrow there
    expect(reader.letGo).toEqual(['2026-11-25']);
    reader.until(at('2026-11-25T22:30:00Z')); // 07:30 of tomorrow in Tokyo
    reader.choose({ timeZone: 'Europe/London', localTime: '06:30' });
    expect(reader.nextLetter()).toBe('2026-11-27T06:30');
    reader.until(at('2026-11-28T12:00:00Z'));
    expect(dates(reader)).toBe('24 26 27 28');
  });

  it('eastwards over midnight: no older date after a newer one, nor two on one morning there, and what is let go is said', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london, {
      timeZone: 'America/New_York',
      localTime: '22:00',
    });
    reader.until(at('2026-11-26T14:00:00Z')); // Thursday 09:00 in New York, 23:00 in Tokyo
    reader.choose({ timeZone: 'Asia/Tokyo', localTime: '07:00' });
    expect(reader.nextLetter()).toBe('2026-11-27T07:00');
    expect(reader.letGo).toEqual(['2026-11-26']);
    reader.until(at('2026-11-28T00:00:00Z'));
    expect(dates(reader)).toBe('23 24 25 27 28');
  });

  it('eastwards in the morning: today’s still comes, in the evening there', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london, { localTime: '10:00' });
    reader.until(at('2026-11-25T09:00:00Z'));
    reader.choose({ timeZone: 'Asia/Tokyo', localTime: '07:00' });
    expect(reader.nextLetter()).toBe('2026-11-25T10:00');
    reader.until(at('2026-11-26T12:00:00Z'));
    expect(dates(reader)).toBe('24 25 26');
    expect(reader.letGo).toEqual([]);
  });

  it('while the machine is off, eastwards: today’s that is overdue does not come on the day of the next one', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london);
    reader.until(at('2026-11-25T00:00:00Z'));
    reader.now = at('2026-11-25T10:30:00Z'); // nobody ticked at 07:00; it is 00:30 of the 26th in Kiritimati
    reader.choose({ timeZone: 'Pacific/Kiritimati' });
    reader.tick();
    reader.until(at('2026-11-26T20:00:00Z'));
    expect(dates(reader)).toBe('24 26 27');
    expect(reader.letGo).toEqual(['2026-11-25']);
  });

  it('from every day to a weekly letter: none between', () => {
    const reader = new SimulatedReader(at('2026-11-23T00:00:00Z'), london);
    reader.until(at('2026-11-25T12:00:00Z')); // a Wednesday
    reader.choose({ weekdays: [6] });
    expect(reader.nextLetter()).toBe('2026-11-28T07:00');
    reader.until(at('2026-12-06T00:00:00Z'));
    expect(dates(reader)).toBe('23 24 25 28 05');
  });

  it('while the clock is down over the due instant: what is due comes when it is back', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london);
    reader.until(at('2026-11-25T00:00:00Z'));
    reader.now = at('2026-11-25T07:20:00Z'); // nobody ticked at 07:00
    reader.choose({ localTime: '06:30' });
    reader.tick();
    reader.until(at('2026-11-26T12:00:00Z'));
    expect(dates(reader)).toBe('24 25 26');
  });
});

describe('an admin who moves a list', () => {
  it.each([
    ['06:30', 'at once where today’s is still owed and the new hour has passed', '2026-11-25T06:45:00Z'],
    ['06:30', 'from tomorrow where today’s has come', '2026-11-25T07:10:00Z'],
    ['08:00', 'later today where today’s is still owed', '2026-11-25T06:45:00Z'],
    ['08:00', 'not a second time today', '2026-11-25T07:10:00Z'],
  ])('to %s: %s', (localTime, _what, when) => {
    const atHome = new SimulatedReader(at('2026-11-24T00:00:00Z'), london);
    const abroad = new SimulatedReader(at('2026-11-24T00:00:00Z'), london, { timeZone: 'America/New_York' });
    for (const reader of [atHome, abroad]) {
      reader.until(at(when));
      reader.moveList({ localTime });
      reader.until(at('2026-11-27T20:00:00Z'));
      expect(dates(reader)).toBe('24 25 26 27');
    }
  });

  it('to late in the evening: who only passed through a schedule has nothing of it for a date before that', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), { ...london, localTime: '00:30' });
    reader.until(at('2026-11-25T00:30:00Z'));
    reader.choose({ timeZone: 'Europe/London' }); // today’s has come
    reader.until(at('2026-11-25T15:30:00Z'));
    reader.choose({ timeZone: 'Asia/Tokyo' }); // 00:30 of tomorrow there: tomorrow’s still comes by London
    reader.moveList({ localTime: '23:45' }); // and London has the evening of today before it
    expect(reader.nextLetter()).toBe('2026-11-26T23:45');
    reader.until(at('2026-11-28T15:00:00Z'));
    expect(dates(reader)).toBe('24 25 26 27 28');
  });

  it('leaves alone who chose an hour', () => {
    const reader = new SimulatedReader(at('2026-11-24T00:00:00Z'), london, { localTime: '09:00' });
    reader.moveList({ localTime: '06:30' });
    expect(reader.nextLetter()).toBe('2026-11-24T09:00');
  });
});

const start = at('2026-10-20T00:00:00Z'); // the weeks in which Europe and America put their clocks back
const anHour = fc.constantFrom('00:30', '01:30', '02:15', '06:30', '07:00', '12:00', '23:45');
const aZone = fc.constantFrom(
  'Europe/London',
  'Asia/Tokyo',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
);
const change = fc.oneof(
  fc.record({ by: fc.constant('reader' as const), localTime: fc.option(anHour) }),
  fc.record({ by: fc.constant('reader' as const), timeZone: aZone }),
  fc.record({ by: fc.constant('admin' as const), localTime: anHour }),
);
const changes = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 * 24 * 60 }), change), { maxLength: 12 });

type Step = [number, { by: 'reader' | 'admin'; localTime?: string | null; timeZone?: string }];
const end = start.add({ hours: 24 * 24 });

/** @param said called after each change with what the page says then, and with the letters that had come */
const run = (
  steps: Step[],
  only: (step: Step[1]) => boolean = () => true,
  said?: (reader: SimulatedReader) => void,
) => {
  const reader = new SimulatedReader(start, london);
  for (const [minute, { by, ...wish }] of steps.filter(([, step]) => only(step)).sort((a, b) => a[0] - b[0])) {
    reader.until(start.add({ minutes: minute }));
    said?.(reader);
    if (by === 'admin') reader.moveList({ localTime: wish.localTime! });
    else reader.choose(wish);
    said?.(reader);
  }
  reader.until(end);
  return reader;
};

const daysOf = (first: string, count: number) =>
  Array.from({ length: count }, (_, day) => Temporal.PlainDate.from(first).add({ days: day }).toString());

describe('whatever readers and admins change', () => {
  it('nobody gets two letters for one date, nor an older date after a newer one', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const got = run(steps).letters.map(({ date }) => date);
        expect(got).toEqual([...new Set(got)].sort());
      }),
      { numRuns: 300 },
    );
  });

  it('nobody misses a date, as long as they stay in one zone', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const { letters, letGo } = run(steps, (step) => !('timeZone' in step));
        expect(letters.map(({ date }) => date)).toEqual(expect.arrayContaining(daysOf('2026-10-21', 22)));
        expect(letGo).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('each date brings a letter, or is recorded as let go', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const { letters, letGo } = run(steps);
        const known = [...letters.map(({ date }) => date), ...letGo];
        expect(known).toEqual(expect.arrayContaining(daysOf('2026-10-21', 21)));
      }),
      { numRuns: 300 },
    );
  });

  it('no two letters come on one day of the reader’s own calendar, unless an admin moves the list meanwhile', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const days = run(steps, ({ by }) => by === 'reader').letters.map(({ day }) => day);
        expect(new Set(days).size).toBe(days.length);
      }),
      { numRuns: 300 },
    );
  });

  it('the letter that comes next is the one that the page has named', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        let named: { at: string; letters: number } | null = null;
        const compare = (reader: SimulatedReader) => {
          const came = named && reader.letters[named.letters];
          if (came) expect(came.at).toBe(named!.at);
          named = { at: reader.nextAt(), letters: reader.letters.length };
        };
        compare(run(steps, undefined, compare));
      }),
      { numRuns: 300 },
    );
  });
});

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
