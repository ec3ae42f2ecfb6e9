import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { printedAs, type Account } from './account.js';

export type Postmaster =
  { kind: 'none' } | { kind: 'running'; pid: number } | { kind: 'other-process'; pidFile: string };

/**
 * Who stands behind postmaster.pid: the cluster's server, nobody, or `other-process`: a stranger who got the number
 * since, or the killed server itself, which keeps its number in a container where nobody waits for ended processes.
 */
export function findPostmaster(home: string): Postmaster {
  const pidFile = join(home, 'postmaster.pid');
  let pid: number;
  try {
    pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return { kind: 'none' };
    return { kind: 'other-process', pidFile }; // a server of ours would be this user's, or we are root
  }
  if (process.platform === 'linux')
    return isServerOf(home, pid) ? { kind: 'running', pid } : { kind: 'other-process', pidFile };
  return judgeByCommand(pid, home, pidFile);
}

/**
 * Removes a postmaster.pid that names no server of ours. Postgres asks only whether the number is taken, and refuses to
 * start then. Processes of a killed server that are still at work are no danger: Postgres finds their shared memory by
 * the number of the folder, and refuses to start.
 */
export function clearPidFile(home: string): void {
  const found = findPostmaster(home);
  if (found.kind === 'other-process') rmSync(found.pidFile, { force: true });
}

/** By its command, or by where it lives: a folder above may have been renamed since. (Slim images have no `ps`.) */
function isServerOf(home: string, pid: number): boolean {
  const [program, ...args] = commandOf(pid);
  if (basename(program) !== 'postgres') return false;
  const folder = realpathSync(home);
  return args.includes(folder) || directoryOf(pid, statSync(folder)) === folder;
}

/** Empty: it has ended and nobody has waited for it. */
function commandOf(pid: number): [string, ...string[]] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0') as [string, ...string[]];
  } catch {
    return [''];
  }
}

/** Root in a container may not look at other users' processes: asked again as the owner. */
function directoryOf(pid: number, { uid, gid }: Account): string | undefined {
  const link = `/proc/${pid}/cwd`;
  try {
    return readlinkSync(link);
  } catch {
    return process.getuid?.() === 0 ? printedAs({ uid, gid }, 'readlink', [link])?.trimEnd() : undefined;
  }
}

/** In doubt nothing is cleared, and Postgres itself refuses to start. */
function judgeByCommand(pid: number, home: string, pidFile: string): Postmaster {
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  if (stdout.includes(home)) return { kind: 'running', pid };
  return stdout.includes('postgres') ? { kind: 'none' } : { kind: 'other-process', pidFile };
}
