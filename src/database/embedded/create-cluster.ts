import { appendFileSync, chownSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { runAs, type Account } from './account.js';
import type { Cluster } from './cluster.js';
import { EmbeddedError } from './embedded-error.js';

/** TCP on loopback only: no socket file, whose path has a length limit and whose folder has an owner. */
const settings = () => `
# The embedded database of Daily News Brief.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = ${sharedMegabytes()}MB
max_wal_size = 2GB
timezone = 'UTC'
log_timezone = 'UTC'
`;

/** An eighth of the memory, from Postgres' own 128 MB to 1 GB: planning for a million readers looks up what each has had. It is taken as it is used. */
const sharedMegabytes = (): number => Math.round(Math.min(Math.max(totalmem() / 8 / 1024 ** 2, 128), 1024));

/**
 * `initdb` into a scratch directory, renamed when it is complete: an interrupted one leaves nothing that looks like a
 * cluster. The locale is Postgres' own, so that neither LC_ALL nor the system's locales make it SQL_ASCII.
 */
export async function createCluster({ account, binaries, connection }: Cluster): Promise<void> {
  const scratch = `${connection.home}.${process.pid}.new`;
  const made = join(scratch, 'cluster');
  const passwordFile = join(scratch, 'password');
  ownedFolder(scratch, account);
  writeFileSync(passwordFile, connection.password, { mode: 0o600 });
  if (account.uid !== undefined) chownSync(passwordFile, account.uid, account.gid!);
  try {
    await runAs(account, binaries.initdb, [`--pgdata=${made}`, `--pwfile=${passwordFile}`, ...flags]);
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    throw new EmbeddedError(`The embedded database cannot be created in ${connection.home}`, lastLines(error));
  }
  appendFileSync(join(made, 'postgresql.conf'), settings());
  renameSync(made, connection.home);
  rmSync(scratch, { recursive: true, force: true });
}

// macOS has no C.UTF-8 of its own to set LC_CTYPE to; the built-in one decides there as well.
const libcLocale = process.platform === 'linux' ? 'C.UTF-8' : 'C';
const flags = [
  '--username=postgres',
  '--encoding=UTF8',
  `--locale=${libcLocale}`,
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
];

/**
 * Each attempt has a name of its own: the initdb of a killed one may write for another moment. What it still holds, or
 * makes anew, goes with the next start; it is in nobody's way.
 */
export function removeInterrupted(home: string): void {
  const left = readdirSync(dirname(home)).filter(
    (name) => name.startsWith(`${basename(home)}.`) && /\.\d+\.new$/.test(name),
  );
  for (const name of left) {
    try {
      rmSync(join(dirname(home), name), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    }
  }
}

function ownedFolder(path: string, { uid, gid }: Account): void {
  mkdirSync(path, { mode: 0o700 });
  if (uid !== undefined) chownSync(path, uid, gid!);
}

function lastLines(error: unknown): string[] {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr || message).trim().split('\n').slice(-5);
}
