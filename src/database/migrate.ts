import { one } from './sql.js';
import { openDataSource } from './data-source.js';
import { locks } from './locks.js';

const oldestServer = 150_000;

/**
 * Brings the database up to date; harmless when it is, and when ten instances do it at once.
 * @throws when the server is older than PostgreSQL 15
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const dataSource = await openDataSource(databaseUrl);
  try {
    const server = await one<{ version: number }>(
      dataSource,
      `select current_setting('server_version_num')::int as version`,
    );
    if (server!.version < oldestServer)
      throw new Error(
        `DATABASE_URL: the server is PostgreSQL ${Math.floor(server!.version / 10_000)}. Expected: 15 or newer.`,
      );
    const lock = dataSource.createQueryRunner();
    try {
      await lock.query('select pg_advisory_lock($1)', [locks.migrate]);
      await dataSource.runMigrations({ transaction: 'each' });
      await lock.query('select pg_advisory_unlock($1)', [locks.migrate]);
    } finally {
      await lock.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
