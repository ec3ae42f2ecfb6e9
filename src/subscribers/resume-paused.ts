import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { localDateOf } from '../lists/due-instant.js';

/**
 * A pause ends by itself on its date, where the reader is: `paused → active`. The date stays on the subscription: a letter of an
 * earlier date is not for this reader, also when it comes due afterwards in another zone.
 */
@Injectable()
export class ResumePaused {
  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    const zones = await sql<{ zone: string }>(
      this.db,
      `select distinct c.time_zone as zone from subscription s join schedule c on c.id = s.schedule_id
        where s.state = 'paused' and s.paused_until <= $1`,
      [localDateOf(now, farthestEast)],
    );
    if (zones.length === 0) return;
    const today = zones.map(({ zone }) => ({ zone, date: localDateOf(now, zone) }));
    await sql(
      this.db,
      `update subscription s set state = 'active'
         from schedule c join jsonb_to_recordset($1::jsonb) as t (zone text, date date) on t.zone = c.time_zone
        where c.id = s.schedule_id and s.state = 'paused' and s.paused_until <= t.date`,
      [JSON.stringify(today)],
    );
  }
}

/** Where a date begins first. */
const farthestEast = 'Pacific/Kiritimati';
