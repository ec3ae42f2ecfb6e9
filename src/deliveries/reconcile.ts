import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { resendUnknown } from './resend-unknown.js';

/** A worker that has not been seen for this long is dead; six heartbeats. */
const deadAfter = `interval '30 seconds'`;

/**
 * A claim whose COMMIT was answered to nobody (the line was cut) is in no hands, though its worker lives. Taking back one that is
 * only slow is harmless: its token is no good any more, so it will not be armed.
 */
const claimGoodFor = `interval '60 seconds'`;

/**
 * Looks after what is in no living hands. What was only claimed goes back, for nothing was sent, be its worker dead or the
 * claim a minute old; what was armed is of unknown outcome only when its worker is gone, never by a timer, and stays so
 * until somebody knows, or is sent once more where the list says so. A row that somebody writes just now is in living hands.
 */
@Injectable()
export class Reconcile {
  private readonly log = new Logger('Deliveries');

  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    const left = await sql<{ state: string }>(
      this.db,
      `update delivery d
          set state = case d.state when 'claimed' then 'queued' else 'unknown' end,
              token = case d.state when 'claimed' then null else token end,
              worker = case d.state when 'claimed' then null else worker end,
              next_at = case d.state when 'claimed' then $1 else next_at end,
              reason = case d.state when 'armed' then 'its worker died after it was armed' else reason end,
              settled_at = case d.state when 'armed' then $1::timestamptz end
        where d.id in (
          select h.id from delivery h
           where h.state in ('claimed', 'armed')
             and (not exists (select 1 from worker w where w.id = h.worker and w.seen_at > clock_timestamp() - ${deadAfter})
                  or (h.state = 'claimed' and h.claimed_at < $1::timestamptz - ${claimGoodFor}))
             for update skip locked)
       returning d.state`,
      [now],
    );
    const unknown = left.filter((row) => row.state === 'unknown').length;
    if (left.length > 0)
      this.log.warn(
        `Found in no hands: ${left.length - unknown} deliveries go back, ${unknown} are of unknown outcome.`,
      );
    const resent = await resendUnknown(this.db, now);
    if (resent > 0) this.log.warn(`${resent} deliveries of unknown outcome are sent once more.`);
    await sql(this.db, `delete from worker where seen_at < clock_timestamp() - interval '1 day'`);
  }
}
