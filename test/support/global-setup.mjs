import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { removeEmbedded } from './remove-embedded.mjs';

/**
 * One Postgres for all journeys, with a migrated template that each test file clones (see database.ts).
 * Jest calls this only when a journey is about to run. It uses the built program, as the journeys do.
 */
export default async function setup() {
  const { startEmbedded } = await import('../../dist/database/embedded.js');
  const { migrate } = await import('../../dist/database/migrate.js');
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), 'brief-journeys-'));
  const postgres = await startEmbedded(dataDir);
  globalThis.endJourneys = async () => {
    await postgres.stop();
    removeEmbedded(dataDir);
  };
  // Ctrl-C ends Jest without its teardown, and the server is in a session of its own.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => globalThis.endJourneys().finally(() => process.exit(1)));

  const template = new URL(postgres.url);
  template.pathname = '/template_brief';
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('create database template_brief');
  await client.end();
  await migrate(template.href);
  process.env.TEST_POSTGRES_URL = postgres.url; // Jest's workers inherit it
}
