import type { Instant } from '../database/now.js';
import { localDateOf, nextDueAfterDate, type LocalSchedule } from './due-instant.js';
import type { StoredSchedule } from './stored-schedule.js';

/**
 * When a schedule is due after it was changed to `local`. A date that has had its letter gets no second one, and a date
 * that is still owed one keeps it: if the new hour is past already, it is due at once. What is due and not opened yet
 * stays as it is.
 */
export function dueAfterMove(old: StoredSchedule, local: LocalSchedule, now: Instant): Instant {
  if (Temporal.Instant.compare(old.nextDueAt, now) <= 0) return old.nextDueAt;
  const next = nextDueAfterDate(local, now, old.servedDate);
  const owed = localDateOf(old.nextDueAt, old.timeZone);
  return owed < next.localDate && wantsToday(local, owed, now) ? now : next.at;
}

/** True when `date` is today's where this schedule is, and one of its weekdays. */
export const wantsToday = (local: LocalSchedule, date: string, now: Instant): boolean =>
  localDateOf(now, local.timeZone) === date && local.weekdays.includes(Temporal.PlainDate.from(date).dayOfWeek);
