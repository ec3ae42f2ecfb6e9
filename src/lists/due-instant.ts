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
 * first. Weekday and date are the intended ones: where a gap puts 23:30 over midnight (Nuuk in spring), Saturday's is still
 * Saturday's. A date that the zone skips has no instant.
 */
export const nextDue = (schedule: LocalSchedule, after: Instant): DueInstant => nextDueAfterDate(schedule, after, null);

/** The first due instant after `after` whose date comes after `date`; null: any date. */
export function nextDueAfterDate(schedule: LocalSchedule, after: Instant, date: string | null): DueInstant {
  const eve = after.toZonedDateTimeISO(schedule.timeZone).toPlainDate().subtract({ days: 1 });
  const least = date === null ? eve : Temporal.PlainDate.from(date).add({ days: 1 });
  let day = Temporal.PlainDate.compare(eve, least) < 0 ? least : eve;
  for (let tried = 0; tried < 16; tried += 1, day = day.add({ days: 1 })) {
    const at = schedule.weekdays.includes(day.dayOfWeek) ? instantOn(schedule, day) : null;
    if (at && Temporal.Instant.compare(at, after) > 0) return { at, localDate: day.toString() };
  }
  throw new RangeError(`No due instant within two weeks: ${JSON.stringify(schedule)}`);
}

/** The due instant that a date has; null: none, for the schedule leaves that weekday out or the zone skips the date. */
export function dueOn(schedule: LocalSchedule, date: string): DueInstant | null {
  const day = Temporal.PlainDate.from(date);
  const at = schedule.weekdays.includes(day.dayOfWeek) ? instantOn(schedule, day) : null;
  return at && { at, localDate: date };
}

/** What has become due up to `now`, oldest first: `first`, which is stored, and from the day after it what the schedule says. */
export function dueUntil(schedule: LocalSchedule, first: DueInstant, now: Instant): DueInstant[] {
  const due: DueInstant[] = [];
  let next = first;
  while (Temporal.Instant.compare(next.at, now) <= 0) {
    due.push(next);
    next = nextDueAfterDate(schedule, next.at, next.localDate);
  }
  return due;
}

/** How many days lie between two editions of a schedule at the most: 1 for every day, 3 for weekdays, 7 for a weekly one. */
export function longestPause(weekdays: number[]): number {
  const days = [...weekdays].sort((a, b) => a - b);
  return Math.max(...days.map((day, index) => (days[index + 1] ?? days[0]! + 7) - day));
}

/** YYYY-MM-DD of an instant where the readers are. */
export const localDateOf = (instant: Instant, timeZone: string): string =>
  instant.toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** Null: the zone skips that day. */
function instantOn({ timeZone, localTime }: LocalSchedule, day: Temporal.PlainDate): Instant | null {
  const zoned = day.toZonedDateTime({ timeZone, plainTime: localTime });
  const isOnDay = zoned.toPlainDate().equals(day) || day.toZonedDateTime(timeZone).toPlainDate().equals(day);
  return isOnDay ? zoned.toInstant() : null;
}
