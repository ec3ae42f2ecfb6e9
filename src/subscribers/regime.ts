import type { Instant } from '../database/now.js';
import { localDateOf, nextDueAfterDate, type DueInstant } from '../lists/due-instant.js';
import { comesOn, wantsToday } from '../lists/move-schedule.js';
import type { StoredSchedule } from '../lists/stored-schedule.js';

/** A schedule brings a reader's morning letters for the dates after `after`; null: from the first. */
export interface Turn {
  schedule: StoredSchedule;
  after: string | null;
}

/**
 * Which schedule brings a reader's morning letters: `previous` those of its dates up to and with `after`, `schedule` those
 * after it. By dates, and with both ends of each turn, so that whatever happens to either schedule, a local date has one
 * that serves it: nobody twice, nobody missed.
 */
export interface Regime extends Turn {
  previous: Turn | null;
}

/**
 * Whose letter a reader gets next, and when: the first one at or after `from` where that is later than what is stored.
 * @param fromDate none of an earlier date; null: any
 */
export function owedNext(
  { previous, ...current }: Regime,
  from: Instant,
  fromDate: string | null = null,
): DueInstant & { by: StoredSchedule } {
  const next = firstOf(current, from, fromDate);
  const old = previous && firstOf(previous, from, fromDate);
  const isOlds = old && !isAfter(old.localDate, current.after) && Temporal.Instant.compare(old.at, next.at) < 0;
  return isOlds ? old : next;
}

/**
 * A reader goes over to another schedule. If its hour has passed already on a date for which a letter is still owed,
 * that one still comes by the old schedule, and the new one counts from the next date on. Otherwise it counts after the
 * last date that was opened, and that one stays with its schedule: its edition may not be planned yet. What is owed for
 * a date before that one is let go, and so is a letter of the old schedule that would come on the day of the next one, or after it,
 * where the reader is now: both can be where a reader crosses midnight eastwards. `datesLetGo` says which dates.
 */
export function handOver(regime: Regime, to: StoredSchedule, now: Instant): Regime {
  const owed = owedNext(regime, longAgo); // also what is due and not opened yet
  const opened = lastOpened(regime);
  const first = firstOf({ schedule: to, after: opened }, now);
  const isBetween = isAfter(owed.localDate, opened) && owed.localDate < first.localDate;
  const staysOwed =
    isBetween && owed.by.id !== to.id && wantsToday(to, owed.localDate, now) && isOnDayBefore(owed, to, now);
  const after = staysOwed ? owed.localDate : opened;
  return { schedule: to, after, previous: turnOf(regime, after) };
}

/** A letter that is owed comes on an earlier day than the next one, by the calendar of the schedule that brings the next one. */
function isOnDayBefore(owed: DueInstant, to: StoredSchedule, now: Instant): boolean {
  const next = firstOf({ schedule: to, after: owed.localDate }, now);
  const comesAt = isFrom(owed.at, now) ? owed.at : now;
  return localDateOf(comesAt, to.timeZone) < localDateOf(next.at, to.timeZone);
}

/** Dates that the reader wants a letter of and that none of the two schedules brings after a change. */
export function datesLetGo(before: Regime, after: Regime): string[] {
  const next = Temporal.PlainDate.from(owedNext(after, longAgo).localDate);
  const dates: string[] = [];
  let date = Temporal.PlainDate.from(owedNext(before, longAgo).localDate);
  for (; Temporal.PlainDate.compare(date, next) < 0; date = date.add({ days: 1 })) dates.push(date.toString());
  return dates.filter((one) => one !== after.after && comesOn(after.schedule, one));
}

/** The last date for which an edition of this reader's was opened. */
function lastOpened({ schedule, after, previous }: Regime): string | null {
  const { servedDate } = schedule;
  if (servedDate !== null && isAfter(servedDate, after)) return servedDate;
  if (!previous) return after;
  const before = previous.schedule.servedDate;
  return latest(previous.after, before !== null && isAfter(before, after) ? after : before);
}

/** Whose turn a date is. */
function turnOf({ previous, ...current }: Regime, date: string | null): Turn | null {
  if (date === null) return null;
  return [current, previous].find((turn) => turn && isAfter(date, turn.after)) ?? null;
}

/** The stored instant stands; what comes after it is computed. */
function firstOf(turn: Turn, from: Instant, fromDate: string | null = null): DueInstant & { by: StoredSchedule } {
  const { schedule } = turn;
  const eve = fromDate && Temporal.PlainDate.from(fromDate).subtract({ days: 1 }).toString();
  const after = latest(turn.after, eve);
  const stored = { at: schedule.nextDueAt, localDate: schedule.nextDueDate };
  if (isFrom(stored.at, from) && isAfter(stored.localDate, after)) return { ...stored, by: schedule };
  const served = latest(after, schedule.servedDate);
  const since = isFrom(from, stored.at) ? from.subtract({ nanoseconds: 1 }) : stored.at;
  return { ...nextDueAfterDate(schedule, since, served), by: schedule };
}

const longAgo = Temporal.Instant.fromEpochMilliseconds(0);
const isFrom = (at: Instant, from: Instant): boolean => Temporal.Instant.compare(at, from) >= 0;
const isAfter = (date: string, after: string | null): boolean => after === null || date > after;
const latest = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);
