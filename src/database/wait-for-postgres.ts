import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ConfigError } from '../config.js';

const pauseMs = 1_000;

/** Waits until Postgres answers, however long it takes, and says so once in a while. Wrong passwords and names do not heal: they throw. */
export async function waitForPostgres(url: string, say: (line: string) => void): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      if (attempt > 0) say('Postgres answers: going on.');
      return;
    } catch (error) {
      if (isFinal(error))
        throw new ConfigError(
          `DATABASE_URL: ${(error as Error).message}. Expected: a user, password and database that the server knows.`,
        );
      if (attempt % 10 === 0)
        say(`Postgres does not answer yet (${(error as Error).message || 'connection refused'}): waiting.`);
      await sleep(pauseMs);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Class 28: invalid authorization; 3D000: no such database (PostgreSQL, Appendix A). */
function isFinal(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return code.startsWith('28') || code === '3D000';
}
