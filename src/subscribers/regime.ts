import type { Instant } from '../database/now.js';
import { localDateOf, nextDueAfterDate, type DueInstant } from '../lists/due-instant.js';
import { wantsToday } from '../lists/move-schedule.js';
import type { StoredSchedule } from '../lists/stored-schedule.js';

/**
 * Which schedule brings a reader's morning letters: `previous` up to and with `previousDate`, `schedule` after it. By
 * dates, so that whatever happens to either, a local date has one schedule that serves it: nobody twice, nobody missed.
 */
export interface Regime {
  schedule: StoredSchedule;
  previous: StoredSchedule | null;
  previousDate: string | null;
}

/** Whose letter a reader gets next, and when: the first one at or after `from` where that is later than what is stored. */
export function owedNext(regime: Regime, from: Instant): DueInstant & { by: StoredSchedule } {
  const { schedule, previous, previousDate } = regime;
  if (previous && previousDate !== null) {
    const due = firstFrom(previous, from, null);
    if (due.localDate <= previousDate) return { ...due, by: previous };
  }
  return { ...firstFrom(schedule, from, previousDate), by: schedule };
}

/**
 * A reader goes over to another schedule. If its hour has passed already on a date for which a letter is still owed,
 * that one still comes by the old schedule, and the new one counts from the next date on.
 */
export function handOver(regime: Regime, to: StoredSchedule, now: Instant): Regime {
  const owed = owedNext(regime, longAgo); // also what is due and not opened yet
  const had = lastOpened(regime);
  const first = firstFrom(to, now, had.date);
  if (owed.by.id !== to.id && owed.localDate < first.localDate && wantsToday(to, owed.localDate, now))
    return { schedule: to, previous: owed.by, previousDate: owed.localDate };
  // The schedule of the last date keeps it: its edition may be open and not planned yet.
  return { schedule: to, previous: had.date === null ? null : had.by, previousDate: had.date };
}

/** The last date for which an edition of this reader's was opened. */
function lastOpened({ schedule, previous, previousDate }: Regime): { date: string | null; by: StoredSchedule } {
  const served = schedule.servedDate;
  if (!previous || previousDate === null) return { date: served, by: schedule };
  if (served !== null && served > previousDate) return { date: served, by: schedule };
  const { servedDate } = previous;
  return { date: servedDate !== null && servedDate > previousDate ? previousDate : servedDate, by: previous };
}

/** The stored instant stands; what comes after it is computed. */
function firstFrom(schedule: StoredSchedule, from: Instant, afterDate: string | null): DueInstant {
  const stored = { at: schedule.nextDueAt, localDate: localDateOf(schedule.nextDueAt, schedule.timeZone) };
  if (isFrom(stored.at, from) && (afterDate === null || stored.localDate > afterDate)) return stored;
  const served = latest(afterDate, schedule.servedDate);
  const after = isFrom(from, stored.at) ? from.subtract({ nanoseconds: 1 }) : stored.at;
  return nextDueAfterDate(schedule, after, served);
}

const longAgo = Temporal.Instant.fromEpochMilliseconds(0);
const isFrom = (at: Instant, from: Instant): boolean => Temporal.Instant.compare(at, from) >= 0;
const latest = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);
