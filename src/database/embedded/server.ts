import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runAs } from './account.js';
import type { Cluster } from './cluster.js';
import { writeConnection } from './connection-file.js';
import { EmbeddedError } from './embedded-error.js';
import { freePort } from './free-port.js';
import { clearPidFile, findPostmaster } from './postmaster.js';

/** Another program took the port meanwhile, or a killed server and its processes are just leaving. */
const passing = /Address already in use|still in use|postmaster.pid" already exists/;
const attempts = 6;

/**
 * Starts the server, on the last port if that is free.
 * @returns the address of its database `brief`, which may not exist yet
 */
export async function startServer(cluster: Cluster, log: (line: string) => void): Promise<string> {
  await clearLeftover(cluster, log);
  const port = await startOn(cluster, () => freePort(cluster.connection.port));
  cluster.connection.port = port;
  writeConnection(cluster.dataDir, cluster.connection);
  return `postgres://postgres:${cluster.connection.password}@127.0.0.1:${port}/brief`;
}

/** Starts it again where it was: everybody holds that address. */
export async function restartServer(cluster: Cluster): Promise<void> {
  await startOn(cluster, async () => cluster.connection.port!);
}

/** @returns the port it came up on */
async function startOn(cluster: Cluster, choosePort: () => Promise<number>): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort();
    try {
      clearPidFile(cluster.connection.home);
      await tryToStart(cluster, port);
      return port;
    } catch (error) {
      const lines = lastLines(cluster);
      if (attempt < attempts && passing.test(lines.join('\n'))) await sleep(500);
      else
        throw new EmbeddedError(
          `The embedded database in ${cluster.connection.home} did not start`,
          lines.length ? lines : [String(error)],
        );
    }
  }
}

/** Rolls sessions back, writes a checkpoint, ends. The next start needs no recovery. */
export async function stopServer({ account, binaries, connection }: Cluster): Promise<void> {
  if (findPostmaster(connection.home).kind !== 'running') return;
  await runAs(account, binaries.pgCtl, ['stop', '-D', connection.home, '-m', 'fast', '-w', '-t', '60']);
}

/** A service that was killed leaves its server running. The lock is ours, so nobody else uses it. */
async function clearLeftover(cluster: Cluster, log: (line: string) => void): Promise<void> {
  const left = findPostmaster(cluster.connection.home);
  if (left.kind === 'running') {
    log('Stopping the database that an earlier process left running …');
    await stopServer(cluster);
  }
}

async function tryToStart({ account, binaries, connection }: Cluster, port: number): Promise<void> {
  const logFile = logOf(connection.home);
  try {
    renameSync(logFile, `${logFile}.1`);
  } catch {
    // the first start
  }
  await runAs(account, binaries.pgCtl, [
    'start',
    '-D',
    connection.home,
    '-l',
    logFile,
    '-o',
    `-p ${port}`,
    '-w',
    '-t',
    '120',
    '-s',
  ]);
}

function lastLines({ connection }: Cluster): string[] {
  try {
    return readFileSync(logOf(connection.home), 'utf8').trim().split('\n').slice(-5);
  } catch {
    return [];
  }
}

function logOf(home: string): string {
  return join(home, 'server.log');
}
