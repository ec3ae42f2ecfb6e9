import { randomBytes } from 'node:crypto';
import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the next start must know, kept in `DATA_DIR`/postgres.json for the owner's eyes only. */
export interface Connection {
  password: string;
  /** the last one; used again while it is free */
  port: number | null;
  /** directory of the cluster */
  home: string;
}

export function readConnection(dataDir: string): Connection | undefined {
  try {
    return JSON.parse(readFileSync(pathIn(dataDir), 'utf8')) as Connection;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function writeConnection(dataDir: string, connection: Connection): void {
  const scratch = `${pathIn(dataDir)}.new`;
  writeFileSync(scratch, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600, flush: true });
  // Started once with sudo, the directory's owner must still be able to read it.
  if (process.getuid?.() === 0) chownSync(scratch, statSync(dataDir).uid, statSync(dataDir).gid);
  renameSync(scratch, pathIn(dataDir));
}

export function newConnection(home: string): Connection {
  return { password: randomBytes(24).toString('base64url'), port: null, home };
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'postgres.json');
}
