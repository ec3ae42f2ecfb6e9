import { isDeepStrictEqual } from 'node:util';
import type { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { frequencyOf } from '../lists/schedule-choice.js';
import { longDate } from '../locales/dates.js';
import type { ViewOffer, ViewSubscription } from '../pages/view-parts.js';
import type { PreferencesFields } from './preferences-form.js';
import {
  missesToday,
  nextMorning,
  readSubscriptionsOf,
  toldIn,
  type SubscriptionDetails,
} from './read-subscription.js';
import { minutesToUndo } from './subscription.js';

const daysOfPause = 7;

/** Everything that the preferences page shows of a reader's subscriptions, and the lists they could join. */
export async function readPreferencesOf(
  db: DataSource,
  subscriberId: string,
  now: Instant,
): Promise<{ subscriptions: ViewSubscription[]; offers: ViewOffer[] }> {
  const subscriptions = await readSubscriptionsOf(db, subscriberId);
  const offers = await sql<ViewOffer>(
    db,
    `select l.slug, l.name, l.tagline, l.locale, l.weekdays, to_char(l.local_time, 'HH24:MI') as "localTime", l.time_zone as "timeZone" from list l
      where l.archived_at is null and not exists (select 1 from subscription s where s.list_id = l.id and s.subscriber_id = $1) order by l.id`,
    [subscriberId],
  );
  return { subscriptions: subscriptions.map((subscription) => viewSubscription(subscription, now)), offers };
}

export function viewSubscription(subscription: SubscriptionDetails, now: Instant): ViewSubscription {
  const { list, state, locale, pausedUntil } = subscription;
  const { skippedDate } = subscription.regime.schedule;
  const zone = toldIn(subscription);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  return {
    slug: list.slug,
    name: list.name,
    state,
    next: nextMorning(subscription, now),
    missesToday: missesToday(subscription, now),
    skipped: skippedDate && longDate(locale, skippedDate),
    pausedUntil: state === 'paused' && pausedUntil ? longDate(locale, pausedUntil) : null,
    list: {
      sections: list.sections,
      weekdays: list.weekdays,
      hasWeekend: list.weekdays.some((day) => day > 5) && list.weekdays.some((day) => day <= 5),
      archived: list.archivedAt !== null,
    },
    form: { ...inForce(subscription), until: today.add({ days: daysOfPause }).toString() },
    tomorrow: today.add({ days: 1 }).toString(),
    canUndo: isFresh(subscription, now),
    fault: null,
  };
}

/** A subscription with what was typed in its fields and is not saved. @param until false: the date of a pause was used */
export function withTyped(shown: ViewSubscription, fields: PreferencesFields, until: boolean): ViewSubscription {
  const { localTime, timeZone } = fields;
  const frequency = fields.frequency || shown.form.frequency;
  const sections = shown.list.sections.length > 1 ? fields.sections : shown.form.sections; // one is no choice
  const day = frequency === 'weekly' ? Number(fields.day) || null : shown.form.day;
  const choices = { localTime, timeZone, frequency, day, sections };
  return { ...shown, form: { ...choices, until: until && fields.until !== '' ? fields.until : shown.form.until } };
}

/** Whether the fields hold another choice than the one in force; a pause is chosen only by its button. */
export function isUnsaved({ form: before }: ViewSubscription, { form: after }: ViewSubscription): boolean {
  const choice = ({ until: _until, sections, ...rest }: ViewSubscription['form']) => ({
    ...rest,
    sections: [...sections].sort(),
  });
  return !isDeepStrictEqual(choice(before), choice(after));
}

/** The subscription as its form is shown again where an act was sent alone: with what was typed and what is wrong with it. */
export function withFault(shown: ViewSubscription, fields: PreferencesFields, fault: string): ViewSubscription {
  const { localTime, timeZone, frequency, day, sections } = fields;
  const typed = fields.do === 'save' ? { localTime, timeZone, frequency, day: Number(day) || null, sections } : {};
  const until = fields.do === 'pause' ? { until: fields.until } : {};
  return { ...shown, fault: { text: fault, of: fields.do }, form: { ...shown.form, ...typed, ...until } };
}

function inForce({ regime, sections, list }: SubscriptionDetails) {
  const { schedule } = regime;
  return {
    localTime: schedule.localTime.slice(0, 5),
    timeZone: schedule.timeZone,
    ...frequencyOf(schedule.chosen.weekdays),
    sections: sections ?? list.sections,
  };
}

function isFresh({ state, endedAt }: SubscriptionDetails, now: Instant): boolean {
  return state === 'ended' && endedAt !== null && endedAt.getTime() > now.epochMilliseconds - minutesToUndo * 60_000;
}
