import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';

/** Runs a program in our place: its output, its signals, its exit code. */
export function inForeground(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  passSignals((signal) => child.kill(signal));
  const watch = endWithNpm(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/**
 * Passes on what ends programs. At a terminal, Ctrl-C reaches all of the foreground group directly; passed on it would
 * arrive twice. The rest (`kill`, a supervisor, npm, which forwards what it gets) reaches only the first in line.
 */
export function passSignals(pass) {
  const atTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !atTerminal) pass(signal);
    });
  }
}

/** npm that was killed cannot pass anything on: its program would run on with nobody to stop it. */
function endWithNpm(end) {
  const npm = process.ppid;
  if (!process.env.npm_lifecycle_event) return undefined;
  return setInterval(() => {
    if (process.ppid !== npm) end();
  }, 1000);
}

/** Runs a program to its end and gives back what it said. */
export function captured(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, said: Buffer.concat(said).toString() }));
  });
}
