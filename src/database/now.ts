import { one, type Db } from './sql.js';

/** An instant; `Temporal` is built into Node 26. */
export type Instant = Temporal.Instant;

/**
 * The one clock: the database's, plus CLOCK_OFFSET. Taken once a step and passed on.
 * `clock_timestamp`, not `now()`, so that a step inside a transaction does not see its start.
 */
export async function readNow(db: Db, offsetSeconds: number): Promise<Instant> {
  const row = await one<{ ms: string }>(db, `select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms`);
  return Temporal.Instant.fromEpochMilliseconds(Number(row!.ms) + offsetSeconds * 1000);
}
