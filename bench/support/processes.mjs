import { fork, spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const running = new Set();
const ends = [];

/** Starts one of the programs beside this file, with a channel for messages. */
export function startScript(name, settings = {}) {
  const path = fileURLToPath(new URL(name, import.meta.url));
  return keep(fork(path, [JSON.stringify(settings)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
}

/** Starts the built service; what it says goes to `logs`. */
export function startService(settings, nodeFlags = []) {
  const path = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const { PATH, HOME, LD_LIBRARY_PATH } = process.env;
  const env = { PATH, HOME, LD_LIBRARY_PATH, ...settings };
  const child = keep(spawn(process.execPath, [...nodeFlags, path], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  child.logs = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (child.logs += chunk));
  return child;
}

export async function stop(child, signal = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const limit = setTimeout(() => child.kill('SIGKILL'), 40_000);
  await ended;
  clearTimeout(limit);
}

/** The answer to a message. */
export async function ask(child, question) {
  const answer = once(child, 'message');
  child.send(question);
  return (await answer)[0];
}

/** What ends with the bench, however that ends; the last first. */
export const atEnd = (end) => ends.unshift(end);

export async function endAll() {
  await Promise.all([...running].map((child) => stop(child)));
  for (const end of ends.splice(0)) await end();
}

/** User and system time of a process, in seconds; of a family, with `children` that it has waited for. */
export function cpuSeconds(pid, children = false) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ');
  const ticks = fields.slice(11, children ? 15 : 13).reduce((sum, field) => sum + Number(field), 0);
  return ticks / 100;
}

/** CPU seconds of a Postgres and all its sessions, those that have ended included. */
export function familyCpuSeconds(pid) {
  let living = '';
  try {
    living = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  } catch {
    // none
  }
  const seconds = (child) => {
    try {
      return cpuSeconds(child);
    } catch {
      return 0; // has ended meanwhile
    }
  };
  return living
    .split('\n')
    .filter(Boolean)
    .map(seconds)
    .reduce((sum, one) => sum + one, cpuSeconds(pid, true));
}

/** The most memory that a process has held, in MB. */
export const peakMemory = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

function keep(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => endAll().finally(() => process.exit(1)));
