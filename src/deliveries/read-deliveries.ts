import { one, sql, type Db } from '../database/sql.js';
import type { DeliveryKind, DeliveryState } from './delivery.js';
import { ofSlice } from './slice.js';

/** A delivery as the API shows it. */
export interface DeliveryView {
  id: string;
  edition: string;
  subscription: string;
  subscriber: string;
  kind: DeliveryKind;
  state: DeliveryState;
  attempt: number;
  messageId: string;
  reply: string | null;
  enhancedCode: string | null;
  reason: string | null;
  nextAt: Date | null;
  settledAt: Date | null;
}

export interface DeliveryFilter {
  edition?: string;
  state?: DeliveryState;
  subscriber?: string;
  /** An id: only those before it. */
  before: string | null;
  limit: number;
}

const viewOf = (deliveries: string): string => `
  select d.id, d.edition_id as edition, d.subscription_id as subscription, s.subscriber_id as subscriber, d.kind, d.state, d.attempt,
         d.message_id as "messageId", d.reply, d.enhanced_code as "enhancedCode", d.reason,
         case d.state when 'queued' then greatest(d.next_at, p.paused_until) end as "nextAt", d.settled_at as "settledAt"
    from ${deliveries} d join subscription s on s.id = d.subscription_id join subscriber r on r.id = s.subscriber_id
    left join recipient_domain p on p.domain = split_part(r.address, '@', -1)`;

// $1: an id, only those before it; $2: how many; $3: edition; $4: state. Each finds a page in an index that has it in its order, so that a page of a
// million deliveries costs no more than one of a hundred.
const more = `($1::bigint is null or id < $1) order by id desc limit $2`;
const ofState = `($4::delivery_state is null or state = $4)`;
const newest = `select id from delivery where $3::bigint is null and ${ofState} and ${more}`;
const inSlices = `
  select n.id from slice c cross join lateral (select id from delivery where ${ofSlice} and ${ofState} and ${more}) n
   where ($3::bigint is null or c.edition_id = $3) and (c.counts is null or $4::delivery_state is null or c.counts ? $4::text)`;
const exceptions = `
  select n.id from edition e cross join lateral (select id from delivery where exception = $4::delivery_state and edition_id = e.id and ${more}) n
   where ($3::bigint is null or e.id = $3)`;

const page = (ids: string): string =>
  `${viewOf(`(select l.* from (${ids}) n join delivery l on l.id = n.id order by l.id desc limit $2)`)} order by d.id desc`;
const ofSubscriber = `${viewOf('delivery')} where s.subscriber_id = $5 and ($1::bigint is null or d.id < $1) and ($4::delivery_state is null or d.state = $4)
  and ($3::bigint is null or d.edition_id = $3) order by d.id desc limit $2`;

/** Newest first. */
export function readDeliveries(
  db: Db,
  { edition, state, subscriber, before, limit }: DeliveryFilter,
): Promise<DeliveryView[]> {
  const values = [before, limit, edition ?? null, state ?? null];
  if (subscriber) return sql(db, ofSubscriber, [...values, subscriber]);
  if (state === 'queued' || state === 'armed') return sql(db, page(inSlices), values);
  if (state && state !== 'accepted') return sql(db, page(exceptions), values);
  return sql(db, page(edition ? inSlices : newest), values);
}

export const readDelivery = (db: Db, id: string): Promise<DeliveryView | undefined> =>
  one(db, `${viewOf('delivery')} where d.id = $1`, [id]);
