import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { createBriefDatabase } from '../../src/database/embedded/create-brief-database.js';
import { openCluster } from '../../src/database/embedded/open-cluster.js';
import { findPostmaster } from '../../src/database/embedded/postmaster.js';
import { startServer, stopServer } from '../../src/database/embedded/server.js';
import { migrate } from '../../src/database/migrate.js';
import { removeEmbedded } from './remove-embedded.mjs';
import { until } from './until.js';

/** A Postgres of the test's own, which it may stop as a power cut does, and start again on the same port. */
export async function ownPostgres() {
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), 'brief-faults-'));
  const cluster = await openCluster(dataDir, () => undefined);
  const url = await startServer(cluster, () => undefined);
  const home = realpathSync(cluster.connection.home);
  const postgres = {
    url,
    /** What `pg_ctl stop -m immediate` does: no checkpoint, nobody is told; the next start recovers from the log. */
    async stopImmediately(): Promise<void> {
      const found = findPostmaster(cluster.connection.home);
      if (found.kind === 'running') process.kill(found.pid, 'SIGQUIT');
      await until('Postgres to be gone', 10_000, async () =>
        findPostmaster(cluster.connection.home).kind === 'none' ? true : undefined,
      );
    },
    start: () => startServer(cluster, () => undefined),
    /** While it is stopped. @returns what puts the files back as they are now, while it is stopped again */
    copy(): () => void {
      const kept = `${home}.kept`;
      execFileSync('cp', ['-a', home, kept]); // the files stay the server's own
      return () => {
        rmSync(home, { recursive: true });
        renameSync(kept, home);
      };
    },
  };
  running.push(async () => {
    await stopServer(cluster);
    rmSync(`${home}.kept`, { recursive: true, force: true });
    removeEmbedded(dataDir);
  });
  await createBriefDatabase(cluster, url);
  await migrate(url);
  return postgres;
}

const running: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const end of running) await end();
});
