import type { Instant } from '../database/now.js';

/** When a list goes out, as its readers say it: local time `HH:MM[:SS]` in an IANA zone, ISO weekdays (1 Monday … 7 Sunday). */
export interface LocalSchedule {
  timeZone: string;
  localTime: string;
  weekdays: number[];
}

/** One due instant and the date it has where the readers are. */
export interface DueInstant {
  at: Instant;
  localDate: string;
}

/**
 * The first due instant after `after`. 'compatible' (RFC 5545 §3.3.5): a gap shifts forward, an overlap takes the
 * first. Weekday and date are those of the *resulting* local time, so a date that the zone skips has no instant of its own.
 */
export function nextDue(schedule: LocalSchedule, after: Instant): DueInstant {
  const time = Temporal.PlainTime.from(schedule.localTime);
  let date = after.toZonedDateTimeISO(schedule.timeZone).toPlainDate().subtract({ days: 1 });
  for (let day = 0; day < 16; day += 1, date = date.add({ days: 1 })) {
    const zoned = date.toZonedDateTime({ timeZone: schedule.timeZone, plainTime: time });
    const at = zoned.toInstant();
    if (Temporal.Instant.compare(at, after) > 0 && schedule.weekdays.includes(zoned.dayOfWeek))
      return { at, localDate: zoned.toPlainDate().toString() };
  }
  throw new RangeError(`No due instant within two weeks: ${JSON.stringify(schedule)}`);
}

/** The first due instant after `after` whose date comes after `date`; null: any date. */
export function nextDueAfterDate(schedule: LocalSchedule, after: Instant, date: string | null): DueInstant {
  const due = nextDue(schedule, after);
  return date !== null && due.localDate <= date ? nextDue(schedule, endOfDate(date, schedule.timeZone)) : due;
}

/** The due instant that a date has; null: none, for the schedule leaves that weekday out or the zone skips the date. */
export function dueOn(schedule: LocalSchedule, date: string): DueInstant | null {
  const before = Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();
  const due = nextDue(schedule, endOfDate(before, schedule.timeZone));
  return due.localDate === date ? due : null;
}

/**
 * What has become due up to `now`, oldest first: `first`, the stored instant, and from the day after it what the
 * schedule says. What is older than `keep` instants is left out.
 */
export function dueUntil(schedule: LocalSchedule, first: Instant, now: Instant, keep = 31): DueInstant[] {
  const due: DueInstant[] = [];
  let next = { at: first, localDate: localDateOf(first, schedule.timeZone) };
  while (Temporal.Instant.compare(next.at, now) <= 0) {
    due.push(next);
    next = nextDueAfterDate(schedule, next.at, next.localDate);
  }
  return due.slice(-keep);
}

/** How many days lie between two editions of a schedule at the most: 1 for every day, 3 for weekdays, 7 for a weekly one. */
export function longestPause(weekdays: number[]): number {
  const days = [...weekdays].sort((a, b) => a - b);
  return Math.max(...days.map((day, index) => (days[index + 1] ?? days[0]! + 7) - day));
}

/** YYYY-MM-DD of an instant where the readers are. */
export const localDateOf = (instant: Instant, timeZone: string): string =>
  instant.toZonedDateTimeISO(timeZone).toPlainDate().toString();

const endOfDate = (date: string, timeZone: string): Instant =>
  Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timeZone).toInstant().subtract({ seconds: 1 });
