import { execFile, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { promisify } from 'node:util';

/** Whom the server runs as; empty means: as this process. */
export interface Account {
  uid?: number;
  gid?: number;
}

const execute = promisify(execFile);

/**
 * Postgres refuses to run as root. As root it runs as the owner of an existing cluster, else as `postgres`, who is
 * created where the system has none, else as `nobody`.
 */
export function serverAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return {};
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  return lookUp('postgres') ?? createPostgres() ?? lookUp('nobody') ?? {};
}

function lookUp(name: string): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout) | 0, gid: Number(gid.stdout) | 0 }; // macOS prints -2 as 4294967294
}

function createPostgres(): Account | undefined {
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', '--gid', 'postgres', 'postgres']);
  return lookUp('postgres');
}

/** No setting of the caller's shell (PGDATA, PGOPTIONS, LC_ALL …) reaches the server. */
const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Runs a program of the server to its end. From `/`, for the account may not be able to enter the caller's directory.
 * @throws an Error with the program's `stdout` and `stderr`
 */
export async function runAs(account: Account, program: string, args: string[]): Promise<void> {
  await execute(program, args, { ...account, env, cwd: '/' });
}

/** What a program of the server prints, or nothing where the account cannot run it. */
export function printedAs(account: Account, program: string, args: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { ...account, env, cwd: '/', encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

/** Asks the kernel by really going there: bits of one folder say nothing about those above it, nor about ACLs. */
export function canEnter(account: Account, directory: string): boolean {
  return printedAs(account, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory]) !== undefined;
}
