import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { tellSchedules } from './tell-schedules.js';

/** A held edition that nobody let go is late in the end, and recorded so: `held → skipped`. */
@Injectable()
export class EndHeldEditions {
  private readonly log = new Logger('Editions');

  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    const ended = await sql<{ id: string; localDate: string }>(
      this.db,
      `update edition e set state = 'skipped', reason = concat_ws('; ', e.reason, 'late'), finished_at = $1
         from list l where l.id = e.list_id and e.state = 'held' and e.due_at + make_interval(secs => l.fresh_for_seconds) < $1
       returning e.id, e.local_date as "localDate"`,
      [now],
    );
    for (const { id, localDate } of ended) {
      this.log.warn(`Edition ${id} is skipped: it was held until it was late.`);
      await tellSchedules(this.db, id, localDate);
    }
  }
}
