import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { nextDue } from '../lists/due-instant.js';
import { pickLocale, type Locale } from '../locales/messages.js';
import { moment } from '../locales/dates.js';
import type { SubscriptionState } from './subscription.js';

/** A subscription with what pages and letters say about it. */
export interface SubscriptionDetails {
  id: string;
  subscriberId: string;
  address: string;
  locale: Locale;
  state: SubscriptionState;
  requestedAt: Date;
  morningFrom: Date | null;
  list: {
    id: string;
    slug: string;
    name: string;
    tagline: string;
    postalAddress: string;
    mailFrom: string | null;
    archivedAt: Date | null;
  };
  /** The reader's own zone, in which they are told the time; the schedule's below decides when it comes. */
  readerTimeZone: string | null;
  timeZone: string;
  localTime: string;
  weekdays: number[];
}

const details = `
  select s.id, s.subscriber_id as "subscriberId", r.address, r.locale, r.time_zone as "readerTimeZone", s.state, s.requested_at as "requestedAt",
         s.morning_from as "morningFrom",
         json_build_object('id', l.id::text, 'slug', l.slug, 'name', l.name, 'tagline', l.tagline, 'postalAddress', l.postal_address,
                           'mailFrom', l.mail_from, 'archivedAt', l.archived_at) as list,
         c.time_zone as "timeZone", c.local_time as "localTime", c.weekdays
    from subscription s
    join subscriber r on r.id = s.subscriber_id
    join list l on l.id = s.list_id
    join schedule c on c.id = s.schedule_id`;

export async function readSubscription(db: Db, id: string): Promise<SubscriptionDetails | undefined> {
  const row = await one<SubscriptionDetails>(db, `${details} where s.id = $1`, [id]);
  return row && { ...row, locale: pickLocale(row.locale) };
}

/** Everything one reader has subscribed to, oldest first. */
export async function readSubscriptionsOf(db: Db, subscriberId: string): Promise<SubscriptionDetails[]> {
  const rows = await sql<SubscriptionDetails>(db, `${details} where s.subscriber_id = $1 order by s.id`, [
    subscriberId,
  ]);
  return rows.map((row) => ({ ...row, locale: pickLocale(row.locale) }));
}

/** When the next morning letter comes, in the reader's words; null for a subscription that gets none. */
export function nextMorning(subscription: SubscriptionDetails, now: Instant): string | null {
  if (subscription.state !== 'active' || subscription.list.archivedAt) return null;
  const from = subscription.morningFrom?.toTemporalInstant().subtract({ seconds: 1 }) ?? now;
  const due = nextDue(subscription, Temporal.Instant.compare(from, now) > 0 ? from : now);
  return moment(subscription.locale, due.at, subscription.readerTimeZone ?? subscription.timeZone);
}
