import { sql, type Db } from '../database/sql.js';
import { noteOutcome } from '../lists/schedules.js';

/** Lets the schedules of a morning edition know that it was composed, or skipped (`skippedDate`): their readers are told. */
export async function tellSchedules(tx: Db, editionId: string, skippedDate: string | null): Promise<void> {
  const linked = await sql<{ id: string }>(
    tx,
    `select schedule_id as id from edition_schedule where edition_id = $1 order by 1`,
    [editionId],
  );
  await noteOutcome(
    tx,
    linked.map(({ id }) => id),
    skippedDate,
  );
}
