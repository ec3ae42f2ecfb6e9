import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { confirmationDays } from './subscription.js';

/**
 * Who never confirmed has not asked: the pending row goes after a week, and with its last one the address. A subscription that
 * was left is never pending again, so that its leaving stays.
 */
@Injectable()
export class ForgetPending {
  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    const before = now.subtract({ hours: 24 * confirmationDays });
    await this.db.transaction(async (tx) => {
      await sql(tx, `delete from subscription where state = 'pending' and requested_at < $1`, [before]);
      await sql(tx, `delete from address_change where requested_at < $1`, [before]);
      await sql(tx, `delete from mailbox m where not exists (select from unnest(m.letters_at) at where at > $1)`, [
        now.subtract({ hours: 24 }),
      ]);
      // Locked first, looked at again after: a sign-up that commits in between keeps its subscriber.
      const idle = await sql<{ id: string }>(
        tx,
        `select id from subscriber r where created_at < $1 and merged_into is null
            and not exists (select 1 from subscription s where s.subscriber_id = r.id) limit 1000 for update skip locked`,
        [before],
      );
      const ids = idle.map((row) => row.id);
      await sql(
        tx,
        `delete from subscriber r where id = any($1) and not exists (select 1 from subscription s where s.subscriber_id = r.id)`,
        [ids],
      );
    });
  }
}
