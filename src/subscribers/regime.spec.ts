import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SimulatedReader } from '../../test/support/simulated-reader.js';

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
