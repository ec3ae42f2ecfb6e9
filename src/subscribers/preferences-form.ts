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

/** The page as it was sent: which button was pressed, and what stood in all its fields. */
export interface PreferencesSent {
  /** The fields of the list that the button is about. */
  pressed: PreferencesFields;
  /** By slug, the fields of every list that the page has choices for. Empty: only the fields of one act were sent. */
  lists: ReadonlyMap<string, PreferencesFields>;
}

const ofOneList = ['localTime', 'timeZone', 'frequency', 'day', 'sections', 'until'];

/**
 * The page is one form. A button of a list is `do=pause:SLUG`, a field of a list `localTime:SLUG`. An act can be sent alone too, with `list` and
 * fields without a slug. Null: the button is none of ours.
 */
export function readPreferences(body: unknown): PreferencesSent | null {
  const raw = typeof body === 'object' && body ? (body as Record<string, unknown>) : {};
  const [act, slug] = typeof raw.do === 'string' ? splitAtColon(raw.do) : [raw.do];
  const read = preferencesFields.safeParse({ ...raw, ...fieldsOf(raw, slug), do: act, list: slug ?? raw.list });
  if (!read.success) return null;
  const slugs = Object.keys(raw).filter((name) => name.startsWith('localTime:'));
  const lists = slugs.map((name) => splitAtColon(name)[1]!).map((one) => [one, fieldsOfList(raw, one)] as const);
  return { pressed: read.data, lists: new Map(lists) };
}

function fieldsOfList(raw: Record<string, unknown>, slug: string): PreferencesFields {
  return preferencesFields.parse({ ...raw, ...fieldsOf(raw, slug), do: 'save', list: slug });
}

/** Fields of this list without its slug. Boxes of which none is ticked are not sent. */
function fieldsOf(raw: Record<string, unknown>, slug: string | undefined): Record<string, unknown> {
  if (slug === undefined) return {};
  return Object.fromEntries(ofOneList.map((name) => [name, raw[`${name}:${slug}`]]));
}

const splitAtColon = (text: string): [string, string | undefined] => {
  const at = text.indexOf(':');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
};

/** Message keys of what can be wrong with them. */
export type PreferencesFault =
  | ScheduleFault
  | 'error.form.sections'
  | 'error.form.noSection'
  | 'error.form.until'
  | 'error.form.stale'
  | 'error.form.sameAddress'
  | `error.address.${string}`;

const longestPauseDays = 366;

/** What is wrong with the sections of a form. None ticked is not every section, where there is a choice. */
export function faultOfSections(chosen: string[], offered: string[]): PreferencesFault | null {
  if (chosen.length === 0 && offered.length > 1) return 'error.form.noSection';
  return chosen.every((section) => offered.includes(section)) ? null : 'error.form.sections';
}

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
