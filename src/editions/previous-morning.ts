import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import type { Edition } from './edition.js';

/**
 * What the public copy starts from: the last morning edition of an earlier date that went to the same schedules. One that went to other zones
 * and hours says nothing about these readers: an hour after it there would be nothing new. A draft and a welcome stand for the list's own schedule.
 * Null for a special edition, and for a schedule's first.
 */
export async function previousMorning(
  db: Db,
  { id, kind, listId, localDate }: Pick<Edition, 'kind' | 'listId' | 'localDate'> & { id?: string },
): Promise<Instant | null> {
  if (kind !== 'morning') return null;
  const row = await one<{ at: Date | null }>(
    db,
    `with own as (select schedule_id from edition_schedule where edition_id = $3)
     select max(e.due_at) as at from edition e join edition_schedule x on x.edition_id = e.id
      where e.list_id = $1 and e.kind = 'morning' and e.state in ('sending', 'paused', 'done') and e.local_date < $2
        and x.schedule_id in (select schedule_id from own
                              union all
                              select id from schedule
                               where list_id = $1 and num_nonnulls(chosen_zone, chosen_time, chosen_weekdays) = 0
                                 and not exists (select from own))`,
    [listId, localDate, id ?? null],
  );
  return row?.at?.toTemporalInstant() ?? null;
}
