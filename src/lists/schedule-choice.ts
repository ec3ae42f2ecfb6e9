import { z } from 'zod';
import type { ScheduleChoice } from './stored-schedule.js';
import { timeZone } from './time-zone.js';

export const localTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day; send HH:MM such as 07:00')
  .describe('time of day in that zone, HH:MM');

export const weekdays = z
  .array(z.number().int().min(1).max(7))
  .min(1, 'no day at all; send at least one, such as [1]')
  .transform((days) => [...new Set(days)].sort((a, b) => a - b))
  .describe('ISO weekdays, 1 Monday … 7 Sunday');

/** When a reader wants their letters, in a body of the API. Null or absent: as the list has it. */
export const scheduleFields = {
  timeZone: timeZone.nullable().default(null).describe('the reader’s IANA zone; null: the list’s'),
  localTime: localTime.nullable().default(null).describe('hour of the morning letter, HH:MM; null: the list’s'),
  weekdays: weekdays
    .nullable()
    .default(null)
    .describe('ISO weekdays, [1,2,3,4,5] for weekdays, [6] for each Saturday; null: the list’s'),
};

export const choiceOf = ({ timeZone, localTime, weekdays }: ScheduleChoice): ScheduleChoice => ({
  timeZone,
  localTime,
  weekdays,
});

/** How a reader says it: `list` is every day on which the list comes. */
export const frequencies = ['list', 'weekdays', 'weekly'] as const;
export type Frequency = (typeof frequencies)[number];

/** @param day ISO weekday of a weekly letter; @returns null: as the list has it */
export function weekdaysOf(frequency: Frequency, day: number): number[] | null {
  if (frequency === 'list') return null;
  return frequency === 'weekdays' ? [1, 2, 3, 4, 5] : [day];
}

/** What a choice of days is called; a choice of other days has no name and counts as the list's. */
export function frequencyOf(days: number[] | null): { frequency: Frequency; day: number | null } {
  if (days?.length === 1) return { frequency: 'weekly', day: days[0]! };
  return { frequency: days?.join() === '1,2,3,4,5' ? 'weekdays' : 'list', day: null };
}
