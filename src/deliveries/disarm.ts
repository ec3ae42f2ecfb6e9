import type { Instant } from '../database/now.js';
import { sql, type Db } from '../database/sql.js';
import type { Attempt } from './attempt.js';

/** Records why an attempt was not armed. Where nothing stands against it (the edition is paused, the worker stops) it waits as it did. */
export async function disarm(db: Db, { id }: Attempt, now: Instant): Promise<void> {
  await sql(
    db,
    `update delivery d set state = v.state::delivery_state, reason = v.reason, settled_at = $2
       from (select d2.id,
                    case when e.state = 'cancelled' then 'cancelled'
                         when not (s.state = 'active' or (s.state = 'paused' and s.paused_until <= d2.local_date)) then 'cancelled'
                         when w.ended_at is not null then 'cancelled'
                         when x.address is not null then 'suppressed'
                         when d2.expires_at <= $2 then 'expired' end as state,
                    case when e.state = 'cancelled' then 'the edition was cancelled'
                         when not (s.state = 'active' or (s.state = 'paused' and s.paused_until <= d2.local_date)) then 'the reader had ' ||
                              case s.state when 'paused' then 'paused' else 'left' end
                         when w.ended_at is not null then 'its last story was withdrawn'
                         when x.address is not null then 'suppressed: ' || x.reason end as reason
               from delivery d2 join edition e on e.id = d2.edition_id join subscription s on s.id = d2.subscription_id
               join subscriber r on r.id = s.subscriber_id left join suppression x on x.address = r.address
               left join variant w on w.id = d2.variant_id
              where d2.id = $1) v
      where d.id = v.id and d.state = 'queued' and v.state is not null`,
    [id, now],
  );
}
