import { one, sql, type Db } from '../database/sql.js';
import type { DeliveryState } from './delivery.js';

/** A delivery as the API shows it. */
export interface DeliveryView {
  id: string;
  edition: string;
  subscription: string;
  subscriber: string;
  kind: string;
  state: string;
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

const more = `($1::bigint is null or id < $1)`;
const few = `order by id desc limit $2`;
const ofEdition = `edition_id = (select $3::bigint)`;
const editions = `(select id from edition where $3::bigint is null or id = $3)`;

/** The next few ids by edition ($3) and state ($4): from the index that holds them in their order, so that a page of a million costs no more than one of a hundred. */
const inEdition = `select id from delivery where ${ofEdition} and ${more} ${few}`;
const accepted = `select id from delivery where state = 'accepted' and ${more} ${few}`;
const acceptedInEdition = `select id from delivery where ${ofEdition} and state = 'accepted' and ${more} ${few}`;
const exceptions = `
  select n.id from ${editions} e cross join lateral
         (select id from delivery where exception = $4::delivery_state and edition_id = e.id and ${more} ${few}) n`;
/** What waits or is armed is in an open slice. */
const underWay = `
  select n.id from slice c cross join lateral
         (select id from delivery where edition_id = c.edition_id and id between c.first_id and c.last_id and state = $4::delivery_state and ${more} ${few}) n
   where c.counts is null and ($3::bigint is null or c.edition_id = $3)`;

const page = (ids: string): string =>
  `${viewOf(`(select l.* from (${ids}) n join delivery l on l.id = n.id order by l.id desc limit $2)`)} order by d.id desc`;
const newest = `${viewOf(`(select * from delivery where ${more} ${few})`)} order by d.id desc`;
const ofSubscriber = `${viewOf('delivery')} where s.subscriber_id = $5 and ($1::bigint is null or d.id < $1) and ($4::delivery_state is null or d.state = $4)
  and ($3::bigint is null or d.edition_id = $3) order by d.id desc limit $2`;

/** Newest first. */
export function readDeliveries(
  db: Db,
  { edition, state, subscriber, before, limit }: DeliveryFilter,
): Promise<DeliveryView[]> {
  const values = [before, limit, edition ?? null, state ?? null];
  if (subscriber) return sql(db, ofSubscriber, [...values, subscriber]);
  if (!state) return edition ? sql(db, page(inEdition), values.slice(0, 3)) : sql(db, newest, values.slice(0, 2));
  if (state === 'queued' || state === 'armed') return sql(db, page(underWay), values);
  if (state !== 'accepted') return sql(db, page(exceptions), values);
  return edition ? sql(db, page(acceptedInEdition), values.slice(0, 3)) : sql(db, page(accepted), values.slice(0, 2));
}

export const readDelivery = (db: Db, id: string): Promise<DeliveryView | undefined> =>
  one(db, `${viewOf('delivery')} where d.id = $1`, [id]);
