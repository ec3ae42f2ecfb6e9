import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import type { Edition } from './edition.js';

/**
 * What the public copy starts from: the list's last morning edition of an earlier date, for those of this date went to other zones and hours.
 * Null for a special edition, and for the first.
 */
export async function previousMorning(
  db: Db,
  { kind, listId, localDate }: Pick<Edition, 'kind' | 'listId' | 'localDate'>,
): Promise<Instant | null> {
  if (kind !== 'morning') return null;
  const row = await one<{ at: Date | null }>(
    db,
    `select max(due_at) as at from edition where list_id = $1 and kind = 'morning' and state in ('sending', 'paused', 'done') and local_date < $2`,
    [listId, localDate],
  );
  return row?.at?.toTemporalInstant() ?? null;
}
