import type { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { prepared } from '../database/sql.js';
import type { DeliveryKind } from './delivery.js';
import { originColumns, type OriginRow } from '../subscribers/origin.js';
import type { Slice } from './slice.js';

/** One try at a delivery, with what its letter needs. `token` is fresh with every try: what is armed under it ends under it. */
export interface Attempt extends OriginRow {
  id: string;
  token: string;
  /** 1 for the first. */
  number: number;
  beganAt: Instant;
  editionId: string;
  subscriptionId: string;
  subscriberId: string;
  /** As it is now: a corrected one takes the place of the one that was planned. */
  variantId: string;
  kind: DeliveryKind;
  messageId: string;
  address: string;
  /** The reader's own as far as we know it, else the list's. */
  timeZone: string;
}

/** What doing what a reply means needs to know of a delivery. */
export type Affected = Pick<Attempt, 'id' | 'editionId' | 'subscriberId' | 'address'>;

/**
 * The next few letters of a slice, or of the rest of it, in the order of their ids. Reading them changes nothing, so nothing has to be taken back from a worker that dies: of two that read
 * the same row the first to arm it has it. Readers of a domain that rests, or whose rate is used up, wait; nothing is read while the database
 * is not where it was (restore guard).
 *
 * @param inHand deliveries of the slice that this worker has read before and not ended
 */
export async function nextAttempts(
  db: DataSource,
  { editionId, firstId, lastId }: Slice,
  inHand: string[],
  most: number,
  now: Instant,
): Promise<Attempt[]> {
  const values = [editionId, firstId, now, inHand, lastId];
  const rows = await prepared<Omit<Attempt, 'beganAt'>>(
    db,
    `next ${most} attempts`,
    `${statement} limit ${most}`,
    values,
  );
  return rows.map((row) => ({ ...row, beganAt: now }));
}

// What does not depend on the row stands in a (select …) of its own: Postgres asks it once, not for each row. That also hides the parameters from
// the planner, and the limit is no parameter: so it plans once for each connection, not each time (docs/decisions/0213).
const statement = `
  with resting as (
    select domain from recipient_domain where paused_until > $3
    union all
    select substr(scope, 8) from rate where scope like 'domain:%' and dry_until > clock_timestamp()),
  outdated as (
    select id, replaced_by from variant where edition_id = $1 and (replaced_by is not null or ended_at is not null))
  select d.id, gen_random_uuid() as token, d.attempt + 1 as number, d.edition_id as "editionId", d.subscription_id as "subscriptionId",
         s.subscriber_id as "subscriberId", coalesce((select o.replaced_by from outdated o where o.id = d.variant_id), d.variant_id) as "variantId",
         d.kind, d.message_id as "messageId", r.address, ${originColumns},
         coalesce(r.time_zone, (select l.time_zone from list l join edition x on x.list_id = l.id where x.id = $1)) as "timeZone"
    from delivery d join edition e on e.id = d.edition_id
    join subscription s on s.id = d.subscription_id join subscriber r on r.id = s.subscriber_id
   where d.edition_id = (select $1::bigint) and d.id >= (select $2::bigint) and d.id <= (select $5::bigint) and d.state = 'queued' and d.next_at <= (select $3::timestamptz)
     and d.expires_at > (select $3::timestamptz) and d.id <> all ($4::text::bigint[])
     and (e.state = 'sending' or (e.state = 'done' and d.kind = 'welcome')) and (select at_home())
     and d.variant_id not in (select id from outdated where replaced_by is null)
     and (not exists (select 1 from resting) or split_part(r.address, '@', -1) not in (select domain from resting))
   order by d.id`;
