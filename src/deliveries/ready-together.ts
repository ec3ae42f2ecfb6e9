import { sql, type Db } from '../database/sql.js';

/**
 * Editions that are ready to be planned, in rounds: mornings of one date, which have no subscription in common, may be planned at once; a special edition is planned by
 * itself. Each round must see what the one before gives its readers, or two letters would bring one reader the same story.
 *
 * @returns ids, a list for each round, the oldest edition's round first
 */
export async function readyTogether(db: Db): Promise<string[][]> {
  const rows = await sql<{ ids: string[] }>(
    db,
    `select array_agg(id::text order by id) as ids from edition where state = 'ready'
      group by local_date, case kind when 'special' then id end order by min(id)`,
  );
  return rows.map((row) => row.ids);
}
