import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { reopenEditions } from '../editions/change-edition-state.js';
import type { Slice } from './slice.js';
import { isDead } from './worker-identity.js';

/**
 * Ends what is over in a slice, and closes it or says when to look at it again. An armed delivery is of unknown outcome only when its worker is
 * gone, never by a timer. Under a lock on the slice: of two who tend it the later one sees what the earlier one has left. Safe to repeat.
 */
@Injectable()
export class TendSlice {
  private readonly log = new Logger('Deliveries');

  constructor(private readonly db: DataSource) {}

  async run({ editionId, firstId, lastId }: Slice, now: Instant): Promise<void> {
    const { orphans, waits } = await this.db.transaction(async (tx) => {
      await sql(tx, `select 1 from slice where edition_id = $1 and first_id = $2 for update`, [editionId, firstId]);
      const ended = await one<{ orphans: number }>(tx, endWhatIsOver, [editionId, firstId, lastId, now]);
      const sum = await one<{ waits: boolean }>(tx, sumUp, [editionId, firstId, lastId, now]);
      return { orphans: ended!.orphans, waits: sum?.waits };
    });
    // Made to wait in the moment in which the edition ended, or by a worker that was taken for dead. (Not in the transaction: whoever opens a slice may hold the edition.)
    if (waits) await reopenEditions(this.db, [editionId]);
    if (orphans > 0) this.log.warn(`Found in no hands: ${orphans} deliveries are of unknown outcome.`);
  }
}

/** A row that somebody writes just now is in living hands. */
const endWhatIsOver = `
  with ended as (
    update delivery d set state = o.state, reason = o.reason, settled_at = $4
      from (select h.id,
                   (case when h.state = 'armed' then 'unknown' when e.state = 'cancelled' or v.ended_at is not null then 'cancelled' else 'expired' end)::delivery_state as state,
                   case when h.state = 'armed' then 'its worker died after it was armed' when e.state = 'cancelled' then 'the edition was cancelled'
                        when v.ended_at is not null then 'its last story was withdrawn' else coalesce(h.reason, 'late') end as reason
              from delivery h join edition e on e.id = h.edition_id left join variant v on v.edition_id = h.edition_id and v.id = h.variant_id
             where h.edition_id = $1 and h.id between $2 and $3
               and (h.state = 'queued' and (h.expires_at <= $4 or e.state = 'cancelled' or v.ended_at is not null)
                    or h.state = 'armed' and not exists (select 1 from worker w where w.id = h.worker and not ${isDead}))
               for update of h skip locked) o
     where d.id = o.id returning d.state)
  select count(*) filter (where state = 'unknown')::int as orphans from ended`;

/** A letter to a domain that rests is not due before its rest is over. Each is looked up by key, and only while one rests: a join might read all readers. */
const restsUntil = `
  case when (select exists (select 1 from recipient_domain where paused_until > $4)) then
    (select p.paused_until from subscription s join subscriber r on r.id = s.subscriber_id
       join recipient_domain p on p.domain = split_part(r.address, '@', -1) where s.id = d.subscription_id) end`;

const sumUp = `
  with found as (
    select d.state, count(*) as n, min(d.expires_at) as expires_at, bool_or(d.kind <> 'welcome') as of_edition,
           min(case d.state when 'queued' then greatest(d.next_at, ${restsUntil}) end) as next_at
      from delivery d where d.edition_id = $1 and d.id between $2 and $3 group by d.state),
  waiting as (select * from found where state = 'queued')
  update slice set next_at = (select next_at from waiting), expires_at = (select expires_at from waiting),
         counts = case when not exists (select 1 from found where state in ('queued', 'armed'))
                       then coalesce((select jsonb_object_agg(state, n) from found), '{}') end
   where edition_id = $1 and first_id = $2
  returning coalesce((select of_edition from waiting), false) as waits`;
