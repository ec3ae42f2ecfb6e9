import { unnest, type Column } from '../database/sql.js';
import type { Attempt } from './attempt.js';

export const armColumns: Column<Attempt>[] = [
  ['id', 'bigint', ({ id }) => id],
  ['token', 'uuid', ({ token }) => token],
  ['number', 'int', ({ number }) => number],
  ['variant_id', 'bigint', ({ variantId }) => variantId],
  ['began_at', 'timestamptz', ({ beganAt }) => beganAt],
];

/**
 * The last look, committed after the server's 354 and before the first byte: nobody else has tried this letter, the edition still goes out, the
 * reader still wants it, nothing stands against the address, and the letter has not been corrected since it was written. A row that is not
 * returned: send nothing and close the connection. $1: now, $2: this worker, $3 and $4: how far this process has seen the ledger come, $5 … $9: see
 * `armColumns`.
 */
export const armStatement = `
  update delivery d set state = 'armed', token = a.token, worker = $2, attempt = a.number, variant_id = a.variant_id,
                        tried_at = a.began_at, armed_at = $1
    from ${unnest(armColumns, 5, 'a')}, edition e, subscription s, subscriber r
   where d.id = a.id and d.state = 'queued' and d.attempt = a.number - 1 and d.next_at <= $1 and d.expires_at > $1
     and e.id = d.edition_id and (e.state = 'sending' or (e.state = 'done' and d.kind = 'welcome'))
     and s.id = d.subscription_id and (s.state = 'active' or (s.state = 'paused' and s.paused_until <= d.local_date))
     and r.id = s.subscriber_id and not exists (select 1 from suppression x where x.address = r.address)
     and not exists (select 1 from variant v where v.id = a.variant_id and (v.replaced_by is not null or v.ended_at is not null))
     and (select at_home($3::bigint, $4::bigint))
  returning d.token`;
