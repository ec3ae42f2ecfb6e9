import type { Instant } from '../../database/now.js';
import { sql, type Db } from '../../database/sql.js';

/** One thing of a source that did not become an article; `item` null: the poll itself. */
export interface SourceLogEntry {
  at: Date;
  item: string | null;
  reason: string;
}

/** A feed of ten thousand bad items must not fill the table. */
const mostOfOnePoll = 50;

/** Items that are no news (they are here already) are no problem of the source. */
const noProblem = new Set([
  'already here, from elsewhere',
  'as the desk has written it',
  'left alone',
  'withdrawn by the desk',
]);

export async function logSource(
  db: Db,
  sourceId: string,
  entries: { item: string | null; reason: string }[],
  now: Instant,
): Promise<void> {
  const kept = entries.filter(({ reason }) => !noProblem.has(reason)).slice(0, mostOfOnePoll);
  if (kept.length === 0) return;
  await sql(
    db,
    `insert into source_log (source_id, at, item, reason)
     select $1, $2, left(e.item, 200), left(e.reason, 500) from jsonb_to_recordset($3::jsonb) as e (item text, reason text)`,
    [sourceId, now, JSON.stringify(kept.map(({ item, reason }) => ({ item: clean(item), reason: clean(reason) })))],
  );
}

export function readSourceLog(db: Db, sourceId: string, limit: number): Promise<SourceLogEntry[]> {
  return sql<SourceLogEntry>(
    db,
    `select at, item, reason from source_log where source_id = $1 order by id desc limit $2`,
    [sourceId, limit],
  );
}

/** Postgres keeps no NUL. */
const clean = (text: string | null): string | null => text?.replaceAll('\0', '') ?? null;
