import { frequencies, weekdaysOf, type Frequency } from '../lists/schedule-choice.js';
import type { ScheduleChoice } from '../lists/stored-schedule.js';
import { findTimeZone } from '../lists/time-zone.js';

/** The message key that says what is wrong with the fields of a schedule. */
export type ScheduleFault = 'error.form.timeZone' | 'error.form.localTime' | 'error.form.frequency' | 'error.form.day';

/** As a form sends it; an empty field is the list's. `day`: ISO weekday of a weekly letter. */
export interface ScheduleFields {
  timeZone: string;
  localTime: string;
  frequency: string;
  day: string;
}

/** When a reader wants their letters, or the first thing that is wrong with what they sent. */
export function readSchedule(fields: ScheduleFields, list: { weekdays: number[] }): ScheduleChoice | ScheduleFault {
  const timeZone = fields.timeZone === '' ? null : findTimeZone(fields.timeZone);
  if (fields.timeZone !== '' && !timeZone) return 'error.form.timeZone';
  if (!/^(([01]\d|2[0-3]):[0-5]\d)?$/.test(fields.localTime)) return 'error.form.localTime';
  const frequency = fields.frequency === '' ? 'list' : frequencies.find((name) => name === fields.frequency);
  if (!frequency) return 'error.form.frequency';
  const weekdays = daysFrom(frequency, fields.day);
  if (weekdays && !weekdays.some((day) => list.weekdays.includes(day))) return 'error.form.day';
  return { timeZone, localTime: fields.localTime || null, weekdays };
}

/** No day at all for a weekly letter whose day is not one: it matches no list. */
function daysFrom(frequency: Frequency, day: string): number[] | null {
  return weekdaysOf(frequency, /^[1-7]$/.test(day) ? Number(day) : 0);
}
