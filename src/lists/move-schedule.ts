import type { Instant } from '../database/now.js';
import { localDateOf, nextDueAfterDate, type DueInstant, type LocalSchedule } from './due-instant.js';
import type { StoredSchedule } from './stored-schedule.js';

/**
 * When a schedule is due after it was changed to `local`. A date that has had its letter gets no second one, and a date
 * that is still owed one keeps it: if the new hour is past already, it is due at once. If that date is over in the new zone
 * (the list moved eastwards over midnight), it is let go. What is due and not opened yet stays as it is.
 */
export function dueAfterMove(
  old: StoredSchedule,
  local: LocalSchedule,
  now: Instant,
): DueInstant & { letGo: string | null } {
  const owed = { at: old.nextDueAt, localDate: old.nextDueDate, letGo: null };
  if (Temporal.Instant.compare(owed.at, now) <= 0) return owed;
  const next = nextDueAfterDate(local, now, old.servedDate);
  const isPassed = owed.localDate < next.localDate && comesOn(local, owed.localDate);
  if (isPassed && localDateOf(now, local.timeZone) === owed.localDate) return { ...owed, at: now };
  return { ...next, letGo: isPassed ? owed.localDate : null };
}

export const comesOn = ({ weekdays }: LocalSchedule, date: string): boolean =>
  weekdays.includes(Temporal.PlainDate.from(date).dayOfWeek);

/** True when `date` is today's where this schedule is, and one of its weekdays. */
export const wantsToday = (local: LocalSchedule, date: string, now: Instant): boolean =>
  localDateOf(now, local.timeZone) === date && comesOn(local, date);
