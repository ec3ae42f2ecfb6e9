import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { resendUnknown } from './resend-unknown.js';

/** A worker that has not been seen for this long is dead; six heartbeats. */
const deadAfter = `interval '30 seconds'`;

/**
 * Looks after what is in no living hands: an armed delivery is of unknown outcome only when its worker is gone, never by a timer, and stays so until
 * somebody knows, or is sent once more where the list says so. A row that somebody writes just now is in living hands.
 */
@Injectable()
export class Reconcile {
  private readonly log = new Logger('Deliveries');

  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    const left = await sql(
      this.db,
      `update delivery d set state = 'unknown', reason = 'its worker died after it was armed', settled_at = $1
        where d.id in (
          select h.id from delivery h
           where h.state = 'armed'
             and not exists (select 1 from worker w where w.id = h.worker and w.seen_at > clock_timestamp() - ${deadAfter})
             for update skip locked)
       returning 1`,
      [now],
    );
    if (left.length > 0) this.log.warn(`Found in no hands: ${left.length} deliveries are of unknown outcome.`);
    const resent = await resendUnknown(this.db, now);
    if (resent > 0) this.log.warn(`${resent} deliveries of unknown outcome are sent once more.`);
    await sql(this.db, `delete from worker where seen_at < clock_timestamp() - interval '1 day'`);
  }
}
