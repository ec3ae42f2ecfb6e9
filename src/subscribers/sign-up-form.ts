import { z } from 'zod';
import type { List } from '../lists/list.entity.js';
import { asTheList } from '../lists/schedules.js';
import { findTimeZone } from '../lists/time-zone.js';
import { pickLocale, type Locale } from '../locales/messages.js';
import { parseAddress } from '../mail/address.js';
import type { BoxValue } from '../pages/view-parts.js';
import type { SignUpRequest } from './sign-up.js';

/** The message key that says what is wrong with a form, in the reader's language. */
export type FormFault = `error.address.${string}` | 'error.form.timeZone' | 'error.form.sections';

export type ReadForm =
  | { kind: 'read'; request: Pick<SignUpRequest, 'address' | 'timeZone' | 'schedule' | 'sections'> }
  | { kind: 'fault'; fault: FormFault };

const text = z.string().catch('');

/** The fields of POST /subscribe. A field that comes twice is as good as none, except `sections`: several, or several lines. */
export const signUpFields = z.object({
  email: text,
  list: text,
  locale: text,
  timeZone: text,
  formTime: text,
  website: text,
  proof: text,
  /** Not empty: sent from the page that says where to look for the letter. */
  again: text,
  sections: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(/\r?\n/) : value),
    z.array(z.string()).max(50).catch([]),
  ),
});

export type SignUpFields = z.output<typeof signUpFields>;

/** What was typed and chosen, to be shown again. */
export const typed = ({ email, timeZone, sections }: SignUpFields): BoxValue => ({
  email: email.slice(0, 254),
  timeZone: findTimeZone(timeZone) ?? '',
  sections,
});

/**
 * What the form asks for, or the first thing that is wrong with it. Of a reader's hours it takes the zone alone, for whoever posts it has confirmed nothing, and
 * each other hour would be a schedule more: those are chosen in the preferences. The box offers the list's own zone to everybody: who leaves it so follows the list.
 */
export function readForm(fields: SignUpFields, list: List): ReadForm {
  const parsed = parseAddress(fields.email);
  if (parsed.kind === 'fault') return { kind: 'fault', fault: `error.address.${parsed.fault}` };
  const timeZone = findTimeZone(fields.timeZone);
  if (fields.timeZone !== '' && !timeZone) return { kind: 'fault', fault: 'error.form.timeZone' };
  const chosen = [...new Set(fields.sections.filter(Boolean))];
  if (!chosen.every((section) => list.sections.includes(section)))
    return { kind: 'fault', fault: 'error.form.sections' };
  const all = chosen.length === 0 || chosen.length === list.sections.length;
  return {
    kind: 'read',
    request: {
      address: parsed.address,
      timeZone,
      schedule: { ...asTheList, timeZone: timeZone === list.timeZone ? null : timeZone },
      sections: all ? null : chosen,
    },
  };
}

/** The language of the form, if it is one of ours, else the page's own choice. */
export const formLocale = (fields: SignUpFields, fallback: Locale): Locale => pickLocale(fields.locale, fallback);
