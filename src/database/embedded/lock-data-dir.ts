import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from './embedded-error.js';

const SQLITE_BUSY = 5;

/**
 * Takes the data directory for this process; the answer gives it back.
 *
 * The lock is SQLite's on an empty file: the kernel drops it with its process, so that it is never stale, whatever
 * killed the holder and whoever got its number since. (Node has no `flock` of its own.)
 */
export async function lockDataDir(dataDir: string): Promise<() => void> {
  const pidFile = join(dataDir, 'lock.pid');
  let held: DatabaseSync;
  try {
    held = takeLock(join(dataDir, 'lock'));
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) throw await inUse(dataDir, pidFile);
    throw new EmbeddedError(`DATA_DIR ${dataDir} cannot be used: ${(error as Error).message}. Is it writable?`);
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return () => {
    if (held.isOpen) held.close();
  };
}

function takeLock(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('pragma journal_mode = memory; begin exclusive');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The winner writes its number just after it has won: a loser of the same moment waits for it. */
async function inUse(dataDir: string, pidFile: string): Promise<EmbeddedError> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const pid = readPid(pidFile);
    if (pid && isAlive(pid)) return refusal(dataDir, `process ${pid}`);
    await sleep(50);
  }
  return refusal(dataDir, 'another process');
}

function refusal(dataDir: string, holder: string): EmbeddedError {
  return new EmbeddedError(`DATA_DIR ${dataDir} is in use by ${holder}; stop it, or set another DATA_DIR`);
}

function readPid(path: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
