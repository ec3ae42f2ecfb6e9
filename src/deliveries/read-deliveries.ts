import { one, sql, type Db } from '../database/sql.js';
import { deliveryStates, type DeliveryState } from './delivery.js';

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

/**
 * The next deliveries of editions, in the order of their ids, as a table expression: one look into `delivery_by_state` for each edition and state.
 * To go by ids alone would read past whatever lies between, which may be the ledger of years.
 *
 * @param editions a table expression of ids
 * @param states, more, limit: expressions; `more` says which ids, such as `id > $2`
 */
export const nextOf = (
  { editions, states, more, limit }: Record<'editions' | 'states' | 'more' | 'limit', string>,
  direction: 'asc' | 'desc',
): string => `
  (select l.* from
     (select n.id from ${editions} e (id) cross join unnest(${states}) x (state)
       cross join lateral (select id from delivery where edition_id = e.id and state = x.state and ${more} order by id ${direction} limit ${limit}) n
       order by 1 ${direction} limit ${limit}) n
     join delivery l on l.id = n.id)`;

const more = `($1::bigint is null or id < $1)`;
const ofEditions = (editions: string): string =>
  `${viewOf(nextOf({ editions, states: '$3::delivery_state[]', more, limit: '$2' }, 'desc'))} order by d.id desc`;
const ofEdition = ofEditions('(select $4::bigint)');
const ofAnyEdition = ofEditions('(select id from edition)');
const newest = `${viewOf(`(select * from delivery where ${more} order by id desc limit $2)`)} order by d.id desc`;
const ofSubscriber = `${viewOf('delivery')} where s.subscriber_id = $5 and ($1::bigint is null or d.id < $1) and d.state = any($3::delivery_state[])
  and ($4::bigint is null or d.edition_id = $4) order by d.id desc limit $2`;

/** Newest first. */
export function readDeliveries(
  db: Db,
  { edition, state, subscriber, before, limit }: DeliveryFilter,
): Promise<DeliveryView[]> {
  const states = state ? [state] : deliveryStates;
  if (subscriber) return sql(db, ofSubscriber, [before, limit, states, edition ?? null, subscriber]);
  if (edition) return sql(db, ofEdition, [before, limit, states, edition]);
  return state ? sql(db, ofAnyEdition, [before, limit, states]) : sql(db, newest, [before, limit]);
}

export const readDelivery = (db: Db, id: string): Promise<DeliveryView | undefined> =>
  one(db, `${viewOf('delivery')} where d.id = $1`, [id]);
