import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './root.mjs';

/** Does `work` while no other process does work of that name in this folder; waits for one that does. */
export async function alone(name, work) {
  const path = join(root, '.cache', `${name}.lock`);
  const release = await take(path);
  try {
    return await work();
  } finally {
    release();
  }
}

async function take(path) {
  const me = JSON.stringify(identify(process.pid));
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, me);
  try {
    for (let waited = false; !linked(mine, path); waited = true) {
      if (isStale(path)) clear(path);
      else if (!waited) console.log('Another process is at it already; waiting …');
      await sleep(250);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  return () => {
    process.removeListener('exit', release);
    release();
  };
}

/** The link appears with its content, or not at all. */
function linked(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(path) {
  const holder = read(path);
  return holder !== undefined && JSON.stringify(identify(holder.pid)) !== JSON.stringify(holder);
}

/** One process at a time looks again and clears, so that nobody takes away a lock taken meanwhile. */
function clear(path) {
  const guard = `${path}.clearing`;
  try {
    mkdirSync(guard);
  } catch {
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 10_000) rmSync(guard, { recursive: true, force: true }); // its maker died in between
    return;
  }
  try {
    if (isStale(path)) renameSync(path, `${path}.stale`);
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // released meanwhile
  }
}

/** A number and a start time: numbers are used again. */
function identify(pid) {
  return { pid, started: startOf(pid) };
}

/** Empty: no such process. A bare Linux has no `ps`, macOS has no /proc. */
function startOf(pid) {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[19];
  } catch {
    return '';
  }
}
