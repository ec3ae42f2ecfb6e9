import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { sql } from '../../database/sql.js';
import { Alarms } from '../../health/alarms.js';

/** How long before the first due instant of an issue the desk is told that its approval is missing. */
const minutesBefore = 30;

/** Raises an alarm, once for each issue, where a list wants a second person's approval and its next edition has none. */
@Injectable()
export class WatchApprovals {
  constructor(
    private readonly db: DataSource,
    private readonly alarms: Alarms,
  ) {}

  async run(now: Instant): Promise<void> {
    const missing = await sql<{ slug: string; date: string; rule: string }>(
      this.db,
      `insert into issue as i (list_id, local_date, warned_at)
       select l.id, min(c.next_due_date), $1
         from list l join schedule c on c.list_id = l.id
        where l.approval <> 'none' and l.archived_at is null and c.next_due_at between $1 and $2
          and not exists (
            select 1 from issue o join rundown n on n.issue_id = o.id
             where o.list_id = l.id and o.local_date = c.next_due_date and n.approved_at is not null
               and n.version = (select max(version) from rundown m where m.issue_id = o.id))
        group by l.id
       on conflict (list_id, local_date) do update set warned_at = excluded.warned_at where i.warned_at is null
       returning (select slug from list where id = i.list_id), i.local_date as date, (select at_cut_off from list where id = i.list_id) as rule`,
      [now, now.add({ minutes: minutesBefore })],
    );
    for (const { slug, date, rule } of missing)
      this.alarms.raise(
        'edition',
        `The issue of ${date} of list ${slug} is due within ${minutesBefore} minutes and nobody has approved it. Without that: ${rule}.`,
      );
  }
}
