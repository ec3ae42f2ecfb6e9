import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { sql } from '../../database/sql.js';
import { Alarms } from '../../health/alarms.js';
import { Queue } from '../../queue/queue.js';
import { AskRehearsal } from './ask-rehearsal.js';
import { rehearsalQueue } from './rehearsal-queue.js';

const minutesBefore = 60;
/** A rehearsal that has no end after this long is given up; it keeps nothing from going out. */
const givenUpAfterMinutes = 20;

/** Rehearses the issues of lists that want it, within the hour before they are due and again when their rundown has changed. */
@Injectable()
export class WatchRehearsals {
  constructor(
    private readonly db: DataSource,
    private readonly queue: Queue,
    private readonly askRehearsal: AskRehearsal,
    private readonly alarms: Alarms,
  ) {}

  async run(now: Instant): Promise<void> {
    await this.giveUp(now);
    for (const { id } of await sql<{ id: string }>(this.db, `select id from rehearsal where state = 'asked'`))
      await this.queue.offer(rehearsalQueue, id);
    for (const { listId, date } of await this.wanted(now)) await this.askRehearsal.run(listId, date, 'the clock', now);
  }

  private wanted(now: Instant): Promise<{ listId: string; date: string }[]> {
    return sql(
      this.db,
      `select q.list_id as "listId", q.date
         from (select l.id as list_id, min(c.next_due_date) as date
                 from list l join schedule c on c.list_id = l.id
                where l.rehearsal <> 'off' and l.archived_at is null and c.next_due_at between $1 and $2 group by l.id
               union
              select l.id, e.local_date from edition e join list l on l.id = e.list_id where l.rehearsal <> 'off' and e.state = 'held') q
         left join issue i on i.list_id = q.list_id and i.local_date = q.date
        where not exists (
          select 1 from rehearsal h where h.issue_id = i.id
             and h.rundown_version = coalesce((select max(version) from rundown n where n.issue_id = i.id), 0))`,
      [now, now.add({ minutes: minutesBefore })],
    );
  }

  private async giveUp(now: Instant): Promise<void> {
    const lost = await sql<{ slug: string; date: string }>(
      this.db,
      `update rehearsal h set state = 'failed', finished_at = $1 from issue i join list l on l.id = i.list_id
        where h.state = 'asked' and h.asked_at < $2 and i.id = h.issue_id returning l.slug, i.local_date as date`,
      [now, now.subtract({ minutes: givenUpAfterMinutes })],
    );
    for (const { slug, date } of lost)
      this.alarms.raise(
        'edition',
        `The rehearsal of the issue of ${date} of list ${slug} had no end within ${givenUpAfterMinutes} minutes and was given up. Is a worker running?`,
      );
  }
}
