import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { one } from '../../database/sql.js';
import { Queue } from '../../queue/queue.js';
import { rehearsalQueue } from './rehearsal-queue.js';

/** Asks for a rehearsal of an issue as its rundown stands; where one is under way, that one answers. */
@Injectable()
export class AskRehearsal {
  constructor(
    private readonly db: DataSource,
    private readonly queue: Queue,
  ) {}

  /** @param by whoever asks, as an owner of a key */
  run(listId: string, date: string, by: string, now: Instant): Promise<void> {
    return this.db.transaction(async (tx) => {
      const asked = await one<{ id: string }>(
        tx,
        `with i as (insert into issue (list_id, local_date) values ($1, $2)
                    on conflict (list_id, local_date) do update set list_id = excluded.list_id returning id)
         insert into rehearsal (issue_id, rundown_version, state, asked_by, asked_at)
         select i.id, coalesce((select max(version) from rundown n where n.issue_id = i.id), 0), 'asked', $3, $4 from i
         on conflict (issue_id) where state = 'asked' do nothing returning id`,
        [listId, date, by, now],
      );
      if (asked) await this.queue.offer(rehearsalQueue, asked.id, tx);
    });
  }
}
