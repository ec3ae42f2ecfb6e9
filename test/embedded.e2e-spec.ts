import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbedded } from '../src/database/embedded.js';
import { findPostmaster } from '../src/database/embedded/postmaster.js';
import { Child } from './support/child.js';
import { isAlive } from './support/is-alive.js';
import { removeEmbedded } from './support/remove-embedded.mjs';
import { until } from './support/until.js';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'brief-embedded-'));
});

afterEach(() => removeEmbedded(dataDir));

describe('the embedded database', () => {
  it('keeps its data, its password and its address from one start to the next', async () => {
    const first = await startEmbedded(dataDir);
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    await first.stop();

    const second = await startEmbedded(dataDir);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('is UTF-8, durable and on loopback only, whatever the shell says', async () => {
    const holder = hold({ LC_ALL: 'C', LANG: 'xx_YY', PGPORT: '1', PGDATA: '/nowhere' });
    const url = await urlOf(holder);
    const settings = await ask(
      url,
      `select name, setting from pg_settings where name in
        ('server_encoding', 'fsync', 'synchronous_commit', 'listen_addresses', 'TimeZone', 'max_connections') order by name`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      TimeZone: 'UTC',
      fsync: 'on',
      listen_addresses: '127.0.0.1',
      max_connections: '200',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
    });
    expect(await ask(url, `select lower('ÉÀ') as lower`)).toEqual([{ lower: 'éà' }]);
    await holder.stop('SIGTERM');
  });

  it('keeps the password from other users', async () => {
    const postgres = await startEmbedded(dataDir);
    expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
    const stranger = new URL(postgres.url);
    stranger.password = 'guessed';
    await expect(ask(stranger.href, 'select 1')).rejects.toThrow('password authentication failed');
    await postgres.stop();
  });

  it('refuses a second process in one clear line, and serves the first one on', async () => {
    const holder = hold();
    const url = await urlOf(holder);
    await expect(startEmbedded(dataDir)).rejects.toThrow(
      `DATA_DIR ${dataDir} is in use by process ${holder.pid}; stop it, or set another DATA_DIR`,
    );
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await holder.stop('SIGTERM');
  });

  it('lets exactly one of three win that start in the same moment on an empty directory', async () => {
    const holders = [hold(), hold(), hold()];
    await until('all three to have said something', 60_000, () =>
      Promise.resolve(holders.every(({ logs }) => logs.includes('\n')) || undefined),
    );
    const said = holders.map(({ logs }) => logs.replace(/\d+; stop.*|postgres:.*/s, '…').trim());
    const refused = `refused DATA_DIR ${dataDir} is in use by process …`;
    expect(said.sort()).toEqual([refused, refused, 'url …']);
    await Promise.all(holders.map((holder) => (holder.ending ? holder.ended : holder.stop('SIGTERM'))));
  });

  it('starts again after its holder was killed, with what was committed, and leaves no second server', async () => {
    const holder = hold();
    const url = await urlOf(holder);
    await ask(url, 'create table kept as select 42 as answer');
    const left = serverOf(dataDir);
    await holder.stop('SIGKILL');
    expect(isAlive(left)).toBe(true);

    const next = await startEmbedded(dataDir);
    expect(isAlive(left)).toBe(false);
    expect(await ask(next.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    const server = serverOf(dataDir);
    await next.stop();
    expect(isAlive(server)).toBe(false);
  });

  it('comes back by itself at the same address when its server is killed, and not once it is stopped', async () => {
    const lines: string[] = [];
    const postgres = await startEmbedded(dataDir, (line) => lines.push(line));
    await ask(postgres.url, 'create table kept as select 42 as answer');
    const killed = serverOf(dataDir);
    process.kill(killed, 'SIGKILL');
    expect(await answerOnceBack(postgres.url)).toEqual([{ answer: 42 }]);
    expect(lines.filter((line) => line.includes('starting it again'))).toHaveLength(1);
    const next = serverOf(dataDir);
    expect(next).not.toBe(killed);
    await postgres.stop();
    await sleep(1_500);
    expect(isAlive(next)).toBe(false);
    expect(findPostmaster(join(dataDir, 'postgres')).kind).toBe('none');
  });

  it('comes back also where the number of the killed server stays taken, as in a container without an init', async () => {
    const postgres = await startEmbedded(dataDir);
    await ask(postgres.url, 'create table kept as select 42 as answer');
    const { uid, gid } = statSync(realpathSync(join(dataDir, 'postgres')));
    const stranger = spawn('sleep', ['60'], { uid, gid, cwd: '/' });
    process.kill(serverOf(dataDir), 'SIGKILL');
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(stranger.pid)));
    expect(await answerOnceBack(postgres.url)).toEqual([{ answer: 42 }]);
    await postgres.stop();
    stranger.kill();
  });

  it('repeats an initdb that was interrupted', async () => {
    const holder = hold();
    await until('initdb to have begun', 30_000, () =>
      Promise.resolve(readdirSync(dataDir).includes('postgres.json') || undefined),
    );
    await holder.stop('SIGKILL');
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);

    const next = await startEmbedded(dataDir);
    expect(await ask(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.stop();
    // The orphaned initdb may write on for a moment, and make its folder anew: the start after its end clears that.
    await until('what the interrupted one left to be cleared', 30_000, async () => {
      const later = await startEmbedded(dataDir);
      await later.stop();
      return interruptedIn(realpathSync(join(dataDir, 'postgres'))).length === 0 || undefined;
    });
  });

  it('does not take a stranger, who got the number of its server, for that server', async () => {
    const postgres = await startEmbedded(dataDir);
    await postgres.stop();
    const home = realpathSync(join(dataDir, 'postgres'));
    const { uid, gid } = statSync(home);
    const stranger = spawn('sleep', ['60'], { uid, gid, cwd: '/' });
    const pidFile = join(home, 'postmaster.pid');
    writeFileSync(pidFile, `${stranger.pid}\n${home}\n`);
    chownSync(pidFile, uid, gid);

    const next = await startEmbedded(dataDir);
    expect(await ask(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.stop();
    expect(isAlive(stranger.pid!)).toBe(true);
    stranger.kill();
  });

  it('knows its left server again after a folder above was renamed', async () => {
    const holder = hold();
    await urlOf(holder);
    const left = serverOf(dataDir);
    await holder.stop('SIGKILL');
    const moved = `${dataDir}-moved`;
    renameSync(dataDir, moved);
    dataDir = moved;

    const next = await startEmbedded(dataDir);
    expect(isAlive(left)).toBe(false);
    await next.stop();
  });

  it('takes another port when its own was taken meanwhile', async () => {
    const first = await startEmbedded(dataDir);
    await first.stop();
    const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    const second = await startEmbedded(dataDir);
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    squatter.close();
  });

  it('says which version made a cluster that it cannot run', async () => {
    const postgres = await startEmbedded(dataDir);
    await postgres.stop();
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
    await expect(startEmbedded(dataDir)).rejects.toThrow(/postgres was made by PostgreSQL 15, this program brings 18/);
  });

  it('shows the server’s own last words when it does not start', async () => {
    const postgres = await startEmbedded(dataDir);
    await postgres.stop();
    writeFileSync(join(dataDir, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(startEmbedded(dataDir)).rejects.toThrow(/did not start\n.*no_such_setting/s);
  });
});

function hold(env: Record<string, string> = {}): Child {
  return new Child(['test/support/hold-embedded.mjs', dataDir], { PATH: process.env.PATH, ...env });
}

async function urlOf(holder: Child): Promise<string> {
  await until('the database to be up, or not', 50_000, () => Promise.resolve(holder.logs.includes('\n') || undefined));
  const url = /^url (\S+)$/m.exec(holder.logs)?.[1];
  if (!url) throw new Error(holder.logs);
  return url;
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

function answerOnceBack(url: string): Promise<Record<string, unknown>[]> {
  return until('the server to be back', 30_000, () => ask(url, 'select answer from kept').catch(() => undefined));
}

/** The scratch folders of attempts that were cut off. */
function interruptedIn(home: string): string[] {
  return readdirSync(dirname(home)).filter((name) => name.startsWith(`${basename(home)}.`) && name.endsWith('.new'));
}

function serverOf(directory: string): number {
  const server = findPostmaster(join(directory, 'postgres'));
  if (server.kind !== 'running') throw new Error('No server is running');
  return server.pid;
}
