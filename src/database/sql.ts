import type pg from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';

/** A connection pool, or the transaction in hand. */
export type Db = DataSource | EntityManager;

/**
 * Runs one statement and returns its rows, also those of UPDATE … RETURNING,
 * for which TypeORM's own `query` answers with a pair.
 */
export async function sql<T>(db: Db, text: string, values: unknown[] = []): Promise<T[]> {
  const held: QueryRunner | undefined = db instanceof DataSource ? undefined : db.queryRunner;
  const runner = held ?? (db instanceof DataSource ? db : db.connection).createQueryRunner();
  try {
    const result = await runner.query(text, values.map(asParameter), true);
    return (result.records ?? []) as T[];
  } finally {
    if (!held) await runner.release();
  }
}

/** As `sql`, for statements that find at most one row. */
export async function one<T>(db: Db, text: string, values: unknown[] = []): Promise<T | undefined> {
  return (await sql<T>(db, text, values))[0];
}

/**
 * As `sql`, for the few statements that run a thousand times a second: planned once for each connection under its name,
 * and without TypeORM's way round (measured: docs/decisions/0202).
 */
export async function prepared<T>(db: DataSource, name: string, text: string, values: unknown[]): Promise<T[]> {
  const { master } = db.driver as unknown as { master: pg.Pool };
  const { rows } = await master.query({ name, text, values: values.map(asParameter) });
  return rows as T[];
}

/** A column of rows that a prepared statement takes as parameters: its name, its type, and what a row has in it. */
export type Column<T> = [name: string, type: string, of: (row: T) => unknown];

/**
 * Rows as parameters, an array for each column from the parameter `first` on: what `columnsOf` gives. Out of the planner's sight: for a few rows it
 * would look cheaper to plan the statement anew each time, which costs six times as much as running it (docs/decisions/0213).
 */
export function unnest<T>(columns: Column<T>[], first: number, alias: string): string {
  const arrays = columns.map(([, type], n) => `(select $${first + n}::text::${type}[])`);
  return `unnest(${arrays.join(', ')}) as ${alias} (${columns.map(([name]) => name).join(', ')})`;
}

export const columnsOf = <T>(columns: Column<T>[], rows: T[]): unknown[][] =>
  columns.map(([, , of]) => rows.map((row) => asParameter(of(row))));

/** node-postgres would write a Temporal.Instant as a quoted JSON string. */
function asParameter(value: unknown): unknown {
  return value instanceof Temporal.Instant ? value.toString() : value;
}
