import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';

/**
 * A run of ids of one edition's deliveries: what one job works on. A slice is open while a letter of it waits or is armed; then it
 * says when to look at it again. A closed one says what became of its letters, so that nobody has to count them again. Whoever changes
 * a delivery that was at rest, or makes one wait, opens its slice in the same statement (`open_slice`), and `TendSlice` closes it. The ledger has no index on a delivery's state,
 * which is why arming and settling are cheap (docs/decisions/0215).
 */
export interface Slice {
  editionId: string;
  firstId: string;
  lastId: string;
}

/** An edition's readers are dealt into so many at the most. */
const mostSlices = 32;

/** Of `delivery`, what is in the slice `c`. */
export const ofSlice = `edition_id = c.edition_id and id between c.first_id and c.last_id`;

/**
 * Cuts an edition's new deliveries into slices.
 * @param nextAt, expiresAt of those that wait; null: none does
 */
export async function cutSlices(
  tx: Db,
  { editionId, firstId, lastId }: Slice,
  nextAt: Instant | null,
  expiresAt: Instant | null,
): Promise<void> {
  await sql(
    tx,
    `insert into slice (edition_id, first_id, last_id, next_at, expires_at)
     select $1, n, least(n + width - 1, $3), $4, $5
       from (select ($3::bigint - $2::bigint) / ${mostSlices} + 1 as width) w, generate_series($2::bigint, $3::bigint, width) n`,
    [editionId, firstId, lastId, nextAt, expiresAt],
  );
}

const columns = `c.edition_id as "editionId", c.first_id as "firstId", c.last_id as "lastId"`;

export const slicesOf = (db: Db, editionId: string): Promise<Slice[]> =>
  sql(db, `select ${columns} from slice c where c.edition_id = $1 order by c.first_id`, [editionId]);

export const readOpenSlice = (db: Db, editionId: string, firstId: string): Promise<Slice | undefined> =>
  one(db, `select ${columns} from slice c where c.edition_id = $1 and c.first_id = $2 and c.counts is null`, [
    editionId,
    firstId,
  ]);

/** @param which a condition on `c`, the slice, and `e`, its edition, with its parameters */
export const openSlices = (db: Db, which: string, values: unknown[] = []): Promise<Slice[]> =>
  sql(
    db,
    `select ${columns} from slice c join edition e on e.id = c.edition_id
      where c.counts is null and (${which}) order by c.edition_id, c.first_id`,
    values,
  );
