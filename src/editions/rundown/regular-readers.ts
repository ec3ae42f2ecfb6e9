import { sql, type Db } from '../../database/sql.js';
import type { Instant } from '../../database/now.js';
import type { ReaderGroup } from '../compose-variants.js';
import { everybody } from '../compose-variants.js';
import { previousMorning } from '../previous-morning.js';

/** Readers of every section who had each issue of a list before `date` as its public copy shows it, and each special edition. */
export async function regularReaders(
  db: Db,
  list: { id: string; locale: string },
  date: string,
  now: Instant,
): Promise<ReaderGroup> {
  const [since, memory] = await Promise.all([
    previousMorning(db, { kind: 'morning', listId: list.id, localDate: date }),
    publicCopies(db, list.id, date, now),
  ]);
  return { ...everybody(list.locale, since), memory };
}

/** As many days back as a reader's own memory reaches. */
async function publicCopies(db: Db, listId: string, date: string, now: Instant): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    db,
    `select e.public_variant_id as id from edition e
      where e.list_id = $1 and e.state in ('sending', 'paused', 'done') and e.audience <> 'new' and e.due_at > $3::timestamptz - interval '8 days'
        and (e.kind = 'special' or (e.local_date < $2 and exists (
              select 1 from edition_schedule x join schedule c on c.id = x.schedule_id
               where x.edition_id = e.id and num_nonnulls(c.chosen_zone, c.chosen_time, c.chosen_weekdays) = 0)))
        and e.public_variant_id is not null
      order by e.due_at, e.id`,
    [listId, date, now],
  );
  return rows.map(({ id }) => id);
}
