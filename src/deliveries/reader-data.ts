import { sql, type Db } from '../database/sql.js';
import type { Instant } from '../database/now.js';
import { allOf } from '../subscribers/reader-data.js';
import type { DeliveryKind, DeliveryState } from './delivery.js';

/** One letter of an edition that was meant for a reader. */
export interface DeliveryData {
  list: string;
  kind: DeliveryKind;
  date: string;
  subject: string | null;
  state: DeliveryState;
  reply: string | null;
  settledAt: Date | null;
}

export function exportDeliveries(db: Db, subscriberId: string): Promise<DeliveryData[]> {
  return sql<DeliveryData>(
    db,
    `select l.slug as list, d.kind, d.local_date as date, v.subject, d.state, d.reply, d.settled_at as "settledAt"
       from delivery d join subscription s on s.id = d.subscription_id join list l on l.id = s.list_id left join variant v on v.id = d.variant_id
      where s.subscriber_id in ${allOf('$1')} order by d.id desc`,
    [subscriberId],
  );
}

/** The ledger keeps that a letter went out, not what a server said about whom. What is waiting goes nowhere: `queued → cancelled`. */
export async function forgetDeliveries(tx: Db, subscriberId: string, now: Instant): Promise<void> {
  const theirs = `subscription_id in (select id from subscription where subscriber_id in ${allOf('$1')})`;
  await sql(
    tx,
    `update delivery set state = 'cancelled', reason = 'erased', settled_at = $2 where ${theirs} and state = 'queued'`,
    [subscriberId, now],
  );
  await sql(tx, `update delivery set reply = null where ${theirs} and reply is not null`, [subscriberId]);
}
