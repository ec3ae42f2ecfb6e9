// npm run bench -- feeds [feeds] [items]: a round over many feeds, one of 304s, and what readers of the pages feel meanwhile.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbedded } from '../dist/database/embedded.js';
import { migrate } from '../dist/database/migrate.js';
import { openPaperStand } from './support/paper-stand.mjs';

const [feeds = 1_000, items = 30] = process.argv.slice(2).map(Number);
const patienceMs = 600_000;

const dataDir = mkdtempSync(join(tmpdir(), 'brief-bench-'));
const stand = await openPaperStand(feeds, items);
const postgres = await startEmbedded(dataDir);
await migrate(postgres.url);
const db = new pg.Client({ connectionString: postgres.url });
await db.connect();

const port = await freePort();
const processes = [start('web', port), start('worker,clock', await freePort())];
try {
  await answering(`http://127.0.0.1:${port}/health/live`);
  await db.query(
    `insert into source (kind, url, complete, created_at, next_poll_at) select 'feed', url, false, now(), now() from unnest($1::text[]) as url`,
    [stand.urls],
  );
  console.log(`${feeds} feeds of ${items} items, each on a host of its own; web and worker are two processes.`);
  report('first round', await round());
  await db.query(`update source set next_poll_at = now()`);
  report('unchanged round (304)', await round());
} finally {
  for (const child of processes) child.kill('SIGTERM');
  await Promise.all(processes.map((child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve))));
  await db.end();
  await postgres.stop();
  stand.close();
  rmSync(dataDir, { recursive: true, force: true });
}

/** From the first request that a feed gets until every source is marked as polled; meanwhile somebody reads the pages. */
async function round() {
  const asked = stand.requests.length;
  const { rows } = await db.query(`select now() as at`);
  const latencies = [];
  const reading = new AbortController();
  const readers = read(`http://127.0.0.1:${port}/`, latencies, reading.signal);
  const started = performance.now();
  for (;;) {
    const { rows: left } = await db.query(
      `select count(*)::int as count from source where polled_at is null or polled_at < $1`,
      [rows[0].at],
    );
    if (left[0].count === 0) break;
    if (performance.now() - started > patienceMs)
      throw new Error(`${left[0].count} sources were not polled in ten minutes`);
    await sleep(100);
  }
  const ended = performance.now();
  reading.abort();
  await readers;
  const { rows: found } = await db.query(
    `select count(*)::int as articles, (select count(*)::int from source where failures > 0) as failed from article`,
  );
  return { seconds: (ended - stand.requests[asked]) / 1000, latencies, ...found[0] };
}

async function read(url, latencies, signal) {
  while (!signal.aborted) {
    const started = performance.now();
    const response = await fetch(url);
    await response.arrayBuffer();
    latencies.push(performance.now() - started);
    await sleep(40);
  }
}

function report(name, { seconds, latencies, articles, failed }) {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share) => `${sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(0)} ms`;
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${articles} articles, ${failed} sources failed; GET / meanwhile p50 ${at(0.5)}, p99 ${at(0.99)} of ${sorted.length}`,
  );
}

function start(roles, listen) {
  const { PATH, HOME, LD_LIBRARY_PATH } = process.env;
  return spawn(process.execPath, ['dist/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...{ PATH, HOME, LD_LIBRARY_PATH, ROLES: roles, PORT: String(listen), LOG_LEVEL: 'silent' },
      ...{
        DATABASE_URL: postgres.url,
        SECRET: 'k1:a-secret-of-the-benches-that-is-long-enough',
        SMTP_URL: 'smtp://127.0.0.1:9',
      },
      ...{ DATA_DIR: join(dataDir, 'service'), SEED: 'none', ALLOW_PRIVATE_HOSTS: stand.hosts.join() },
    },
  });
}

async function answering(url) {
  for (let tries = 0; tries < 600; tries++) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error(`${url} does not answer`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}
