import { z } from 'zod';
import { locales } from '../locales/messages.js';
import { readSchedule, type ScheduleFault } from './schedule-form.js';
import type { ScheduleChoice } from '../lists/stored-schedule.js';
import type { SubscriptionDetails } from './read-subscription.js';

/** What one form of the preferences page asks for. */
export const preferencesActs = [
  'save',
  'pause',
  'resume',
  'leave',
  'undo',
  'leave all',
  'join',
  'language',
  'address',
] as const;

const text = z.string().max(1000).catch('');

/** The fields of all its forms together. A field that comes twice is as good as none, except `sections`. */
export const preferencesFields = z.object({
  do: z.enum(preferencesActs),
  /** Slug of the list that it is about. */
  list: text,
  localTime: text,
  timeZone: text,
  frequency: text,
  day: text,
  sections: z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z.array(z.string()).max(50).catch([]),
  ),
  /** YYYY-MM-DD, the first day on which letters come again. */
  until: text,
  locale: z.enum(locales).optional().catch(undefined),
  email: text,
});

export type PreferencesFields = z.output<typeof preferencesFields>;

/** Message keys of what can be wrong with them. */
export type PreferencesFault =
  | ScheduleFault
  | 'error.form.sections'
  | 'error.form.until'
  | 'error.form.stale'
  | 'error.form.sameAddress'
  | `error.address.${string}`;

const longestPauseDays = 366;

/**
 * What is chosen in a form that shows what is in force: what is as the list has it follows the list, also when that changes,
 * unless the reader had chosen it before.
 */
export function chosenSchedule(
  fields: PreferencesFields,
  subscription: SubscriptionDetails,
): ScheduleChoice | ScheduleFault {
  const { list, regime } = subscription;
  const choice = readSchedule(fields, list);
  if (typeof choice === 'string') return choice;
  const before = regime.schedule.chosen;
  const keepTime = choice.localTime !== list.localTime.slice(0, 5) || before.localTime !== null;
  const keepZone = choice.timeZone !== list.timeZone || before.timeZone !== null;
  return {
    weekdays: choice.weekdays,
    localTime: keepTime ? choice.localTime : null,
    timeZone: keepZone ? choice.timeZone : null,
  };
}

/** The date on which a pause ends, as it was sent. Null: not a day, past where the reader is, or more than a year away. */
export function readPause(until: string, timeZone: string, now: Temporal.Instant): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(until)) return null;
  const date = plainDate(until);
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const days = date ? today.until(date, { largestUnit: 'days' }).days : 0;
  return date && days >= 1 && days <= longestPauseDays ? date.toString() : null;
}

function plainDate(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return null; // the thirtieth of February
  }
}
