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

/** Every due instant from `first` up to `now`, oldest first; what is older than `keep` instants is left out. */
export function dueUntil(schedule: LocalSchedule, first: Instant, now: Instant, keep = 31): DueInstant[] {
  const due: DueInstant[] = [];
  let after = first.subtract({ seconds: 1 });
  for (;;) {
    const next = nextDue(schedule, after);
    if (Temporal.Instant.compare(next.at, now) > 0) return due.slice(-keep);
    due.push(next);
    after = next.at;
  }
}
