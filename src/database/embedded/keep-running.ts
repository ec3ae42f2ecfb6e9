import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.js';
import { findPostmaster } from './postmaster.js';
import { restartServer } from './server.js';

const lookEveryMs = 1_000;

/**
 * Starts the server again when something has ended it: the kernel for want of memory, or a person by mistake. Postgres
 * recovers what was committed, and everybody who holds its address finds it there again. A start that fails is told
 * once and tried again for as long as the service runs.
 *
 * @returns stops watching, once a restart that is under way is over
 */
export function keepRunning(cluster: Cluster, log: (line: string) => void): () => Promise<void> {
  const stopped = new AbortController();
  const watching = watch(cluster, log, stopped.signal);
  return () => {
    stopped.abort();
    return watching;
  };
}

async function watch(cluster: Cluster, log: (line: string) => void, signal: AbortSignal): Promise<void> {
  let told = '';
  const tell = (line: string) => {
    if (line !== told) log(line);
    told = line;
  };
  while (await pause(signal)) {
    if (findPostmaster(cluster.connection.home).kind === 'running') {
      told = '';
      continue;
    }
    tell('The embedded database has ended without our doing; starting it again …');
    await restartServer(cluster).catch((error: unknown) => tell(`${String(error)}. Trying again each second.`));
  }
}

/** False: there is no need to look any more. */
const pause = (signal: AbortSignal): Promise<boolean> =>
  sleep(lookEveryMs, undefined, { signal, ref: false }).then(
    () => true,
    () => false,
  );
