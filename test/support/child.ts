import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const running = new Set<Child>();

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** Where Node finds libatomic.so.1 on a bare machine (bin/libatomic.mjs). */
const { LD_LIBRARY_PATH } = process.env;

/** A program of the project, as a process of its own; it ends with the test file at the latest. */
export class Child {
  logs = '';
  ending: Ending | undefined;
  readonly ended: Promise<Ending>;
  private readonly process: ChildProcess;

  constructor(args: string[], env: Record<string, string | undefined>) {
    this.process = spawn(process.execPath, args, {
      cwd: root,
      env: { LD_LIBRARY_PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this);
    for (const stream of [this.process.stdout!, this.process.stderr!])
      stream.on('data', (chunk: Buffer) => (this.logs += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.process.once('exit', (code, signal) => {
        running.delete(this);
        this.ending = { code, signal };
        resolve(this.ending);
      });
    });
  }

  get pid(): number {
    return this.process.pid!;
  }

  /** Sends a signal, and waits for the end; kills what has not ended after 30 s. */
  async stop(signal: NodeJS.Signals): Promise<Ending> {
    const limit = setTimeout(() => this.process.kill('SIGKILL'), 30_000);
    this.process.kill(signal);
    try {
      return await this.ended;
    } finally {
      clearTimeout(limit);
    }
  }
}

afterAll(async () => {
  await Promise.all([...running].map((child) => child.stop('SIGTERM')));
});

process.once('exit', () => {
  for (const child of running) process.kill(child.pid, 'SIGKILL');
});
