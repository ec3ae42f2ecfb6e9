import type { Instant } from '../database/now.js';
import type { LocalSchedule } from './due-instant.js';

/** What a reader chose; null: as the list has it, also when that changes. Weekdays ascending, ISO. */
export interface ScheduleChoice {
  timeZone: string | null;
  localTime: string | null;
  weekdays: number[] | null;
}

/** A row of `schedule`: what it says now, what was chosen, and what became of it. */
export interface StoredSchedule extends LocalSchedule {
  id: string;
  nextDueAt: Instant;
  /** The date whose letter comes then: the intended one, also where a gap puts the instant over midnight. */
  nextDueDate: string;
  /** Date of the last due instant that was opened. */
  servedDate: string | null;
  /** Date of the last edition, if it was skipped. */
  skippedDate: string | null;
  chosen: ScheduleChoice;
}

/** The row as JSON, in which an instant is a text. */
export type ScheduleJson = Omit<StoredSchedule, 'nextDueAt'> & { nextDueAt: string };

/** One JSON value of a row of `schedule`, for statements that read it beside others. That of an archived list is due in 9999. */
export const scheduleJson = (alias: string): string => `
  json_build_object('id', ${alias}.id::text, 'timeZone', ${alias}.time_zone, 'localTime', ${alias}.local_time, 'weekdays', ${alias}.weekdays,
    'nextDueAt', least(${alias}.next_due_at, '9999-12-31Z'), 'nextDueDate', least(${alias}.next_due_date, '9999-12-31'), 'servedDate', ${alias}.served_date, 'skippedDate', ${alias}.skipped_date,
    'chosen', json_build_object('timeZone', ${alias}.chosen_zone, 'localTime', ${alias}.chosen_time, 'weekdays', ${alias}.chosen_weekdays))`;

export const asSchedule = (json: ScheduleJson): StoredSchedule => ({
  ...json,
  nextDueAt: Temporal.Instant.from(json.nextDueAt),
});
