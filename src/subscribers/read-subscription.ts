import type { Brand } from '../letters/brand.js';
import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { dueOn, localDateOf } from '../lists/due-instant.js';
import { asSchedule, scheduleJson, type ScheduleJson } from '../lists/stored-schedule.js';
import { pickLocale, type Locale } from '../locales/messages.js';
import { moment } from '../locales/dates.js';
import { originColumns, type OriginRow } from './origin.js';
import { isSomebody, readerOf } from './reader-data.js';
import { owedNext, type Regime } from './regime.js';
import type { SubscriptionState } from './subscription.js';

/** A subscription with what pages and letters say about it. */
export interface SubscriptionDetails extends OriginRow {
  id: string;
  subscriberId: string;
  address: string;
  locale: Locale;
  state: SubscriptionState;
  requestedAt: Date;
  morningFrom: Date | null;
  /** The first date of which letters come; it may be past. */
  pausedUntil: string | null;
  endedAt: Date | null;
  /** Null: every section. */
  sections: string[] | null;
  list: {
    id: string;
    slug: string;
    name: string;
    tagline: string;
    sections: string[];
    weekdays: number[];
    localTime: string;
    timeZone: string;
    freshForSeconds: number;
    postalAddress: string;
    mailFrom: string | null;
    replyTo: string | null;
    brand: Brand;
    archivedAt: Date | null;
  };
  /** The reader's own zone as far as we know it, in which they are told the time when they chose none for this list. */
  readerTimeZone: string | null;
  regime: Regime;
}

interface Row extends Omit<SubscriptionDetails, 'regime'> {
  schedule: ScheduleJson;
  previous: ScheduleJson | null;
  after: string | null;
  previousAfter: string | null;
}

const details = `
  select s.id, s.subscriber_id as "subscriberId", r.address, r.locale, r.time_zone as "readerTimeZone", s.state, s.requested_at as "requestedAt",
         s.morning_from as "morningFrom", s.paused_until as "pausedUntil", s.ended_at as "endedAt", s.sections, ${originColumns},
         json_build_object('id', l.id::text, 'slug', l.slug, 'name', l.name, 'tagline', l.tagline, 'sections', l.sections,
                           'weekdays', l.weekdays, 'localTime', l.local_time, 'timeZone', l.time_zone, 'freshForSeconds', l.fresh_for_seconds, 'postalAddress', l.postal_address,
                           'mailFrom', l.mail_from, 'replyTo', l.reply_to, 'brand', l.brand, 'archivedAt', l.archived_at) as list,
         ${scheduleJson('c')} as schedule, case when p.id is not null then ${scheduleJson('p')} end as previous,
         s.previous_date as after, s.previous_after as "previousAfter"
    from subscription s
    join subscriber r on r.id = s.subscriber_id and ${isSomebody('r')}
    join list l on l.id = s.list_id
    join schedule c on c.id = s.schedule_id
    left join schedule p on p.id = s.previous_schedule_id`;

/** SQL: subscription $1, or the one of the same list that stands in its place since two readers were merged. */
const subscriptionOf = `
  coalesce((select m.id from subscription o join subscriber r on r.id = o.subscriber_id
              join subscription m on m.subscriber_id = r.merged_into and m.list_id = o.list_id where o.id = $1), $1)`;

export async function readSubscription(db: Db, id: string): Promise<SubscriptionDetails | undefined> {
  const row = await one<Row>(db, `${details} where s.id = ${subscriptionOf}`, [id]);
  return row && asDetails(row);
}

/** Everything one reader has subscribed to, oldest first. */
export async function readSubscriptionsOf(db: Db, subscriberId: string): Promise<SubscriptionDetails[]> {
  const rows = await sql<Row>(db, `${details} where s.subscriber_id = ${readerOf('$1')} order by s.id`, [subscriberId]);
  return rows.map(asDetails);
}

/** When the next morning letter comes, in the reader's words; null for a subscription that gets none. */
export function nextMorning(subscription: SubscriptionDetails, now: Instant): string | null {
  const due = nextDueOf(subscription, now);
  return due && moment(subscription.locale, due.at, toldIn(subscription, due.by.chosen.timeZone));
}

/** The same as an instant and its date. */
export function nextDueOf(subscription: SubscriptionDetails, now: Instant): ReturnType<typeof owedNext> | null {
  const { state, list, regime, morningFrom, pausedUntil } = subscription;
  if ((state !== 'active' && state !== 'paused') || list.archivedAt) return null;
  const fresh = now.subtract({ seconds: list.freshForSeconds }); // what is due and not opened yet comes until then
  const from = morningFrom && morningFrom.getTime() > fresh.epochMilliseconds ? morningFrom.toTemporalInstant() : fresh;
  return owedNext(regime, from, pausedUntil);
}

/**
 * True when an active reader could expect a letter today that does not come: its hour was before they came or came back, or it is still ahead
 * and they have had today's already.
 */
export function missesToday(subscription: SubscriptionDetails, now: Instant): boolean {
  const { state, morningFrom, regime } = subscription;
  const today = localDateOf(now, regime.schedule.timeZone);
  const hour = dueOn(regime.schedule, today);
  const next = nextDueOf(subscription, now);
  if (state !== 'active' || !hour || !next || next.localDate <= today) return false;
  const isBeforeTheyCame = morningFrom !== null && hour.at.epochMilliseconds < morningFrom.getTime();
  return isBeforeTheyCame || Temporal.Instant.compare(hour.at, now) > 0;
}

/** The zone in which a reader is told the time. */
export const toldIn = (
  { readerTimeZone, regime }: SubscriptionDetails,
  chosen = regime.schedule.chosen.timeZone,
): string => chosen ?? readerTimeZone ?? regime.schedule.timeZone;

function asDetails({ schedule, after, previous, previousAfter, ...row }: Row): SubscriptionDetails {
  const old = previous && { schedule: asSchedule(previous), after: previousAfter };
  const regime = { schedule: asSchedule(schedule), after, previous: old };
  return { ...row, locale: pickLocale(row.locale), regime };
}
