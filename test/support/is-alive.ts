import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** False for one that ended and is not reaped: a container may lack a process that does it. */
export function isAlive(pid: number): boolean {
  return /^[^ZX]/.test(stateOf(pid));
}

/** Its letter, as `ps` shows it; empty: no such process. A bare Linux has no `ps`, macOS has no /proc. */
function stateOf(pid: number): string {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
  } catch {
    return '';
  }
}
