import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { ofSlice } from './slice.js';

/** One reader may be refused for what concerns that reader alone. */
export const readersAlike = 3;
const withinHours = 1;

/** Editions whose letters may have been answered lately; a welcome goes with one that is up to a day old. */
const recent = `select id from edition where due_at > $2::timestamptz - interval '2 days' and state in ('sending', 'paused', 'done')`;
const toDomain = `join subscription s on s.id = d.subscription_id join subscriber r on r.id = s.subscriber_id and split_part(r.address, '@', -1) = $1`;

/**
 * Whether several readers of a domain were refused as this delivery was, within the last hour, for reasons that sound like us.
 * @returns when the first of them was; null: they are too few
 */
export async function refusedAlike(db: Db, domain: string, deliveryId: string, now: Instant): Promise<Instant | null> {
  const row = await one<{ since: Date | null }>(
    db,
    `with said as (select coalesce(enhanced_code, left(reply, 3)) as code from delivery where id = $3),
     readers as (
       select max(d.settled_at) as at from delivery d ${toDomain}
        where d.edition_id in (${recent}) and d.exception = 'refused' and d.cause = 'policy'
          and coalesce(d.enhanced_code, left(d.reply, 3)) = (select code from said)
          and d.settled_at > $2::timestamptz - make_interval(hours => ${withinHours})
        group by s.subscriber_id order by 1 desc limit ${readersAlike})
     select min(at) as since from readers having count(*) = ${readersAlike}`,
    [domain, now, deliveryId],
  );
  return row?.since?.toTemporalInstant() ?? null;
}

/** Whether a letter to the domain was accepted at that time or later. */
export async function hasAccepted(db: Db, domain: string, since: Instant, now: Instant): Promise<boolean> {
  const found = await one(
    db,
    `select 1 from slice c cross join lateral
            (select subscription_id from delivery where ${ofSlice} and state = 'accepted' and settled_at >= $3) d ${toDomain}
      where c.edition_id in (${recent}) limit 1`,
    [domain, now, since],
  );
  return found !== undefined;
}
