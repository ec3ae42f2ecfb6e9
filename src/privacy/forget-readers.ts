import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { isSomebody } from '../subscribers/reader-data.js';
import { confirmationDays } from '../subscribers/subscription.js';
import { EraseReader } from './erase-reader.js';

/** Whoever has left everything is remembered for this long, so that they can come back, and ask what is held about them. */
const goneDays = 365;
const mostInOneRun = 500;

/** Erases readers who have been gone for a year, as if they had asked for it: nothing is kept that has no use any more. Not while they can confirm that they want to come back. */
@Injectable()
export class ForgetReaders {
  constructor(
    private readonly db: DataSource,
    private readonly eraseReader: EraseReader,
  ) {}

  async run(now: Instant): Promise<void> {
    const gone = await sql<{ id: string }>(
      this.db,
      `select s.subscriber_id as id from subscription s join subscriber r on r.id = s.subscriber_id and ${isSomebody('r')}
        group by s.subscriber_id
       having bool_and(s.state = 'ended') and max(s.ended_at) < $1 and max(s.requested_at) < $2
        order by max(s.ended_at) limit ${mostInOneRun}`,
      [now.subtract({ hours: 24 * goneDays }), now.subtract({ hours: 24 * confirmationDays })],
    );
    for (const { id } of gone) await this.eraseReader.run(id, now);
  }
}
