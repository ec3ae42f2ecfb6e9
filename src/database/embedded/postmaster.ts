import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

export type Postmaster =
  { kind: 'none' } | { kind: 'running'; pid: number } | { kind: 'other-process'; pidFile: string };

/** Who stands behind postmaster.pid: the cluster's server, nobody, or a stranger who got the number since. */
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
    return isInside(pid, home) ? { kind: 'running', pid } : { kind: 'other-process', pidFile };
  return judgeByCommand(pid, home, pidFile);
}

/** A server lives in its data directory, also when a folder above that was renamed since. (Slim images have no `ps`.) */
function isInside(pid: number, home: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(home);
  } catch {
    return false;
  }
}

/** In doubt nothing is cleared, and Postgres itself refuses to start. */
function judgeByCommand(pid: number, home: string, pidFile: string): Postmaster {
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  if (stdout.includes(home)) return { kind: 'running', pid };
  return stdout.includes('postgres') ? { kind: 'none' } : { kind: 'other-process', pidFile };
}
