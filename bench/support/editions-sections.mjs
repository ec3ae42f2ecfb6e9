import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../dist/database/data-source.js';
import { fewAtOnce } from '../../dist/few-at-once.js';
import { List } from '../../dist/lists/list.entity.js';
import { ComposeForReaders } from '../../dist/deliveries/compose-for-readers.js';
import { gatherReaders } from '../../dist/deliveries/gather-readers.js';
import { plansAtOnce } from '../../dist/deliveries/plan-edition.js';
import { takeEdition } from '../../dist/editions/read-edition.js';
import { SaveList } from '../../dist/lists/save-list.js';
import { addCandidates, addMemory, addMorning, spreadReaders } from './many-readers.mjs';
import { addReaders, slug } from './edition.mjs';

const few = 10_000;
const megabytes = (bytes) => `${(bytes / 1024 ** 2).toFixed(0)} MB`;
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const config = { MAIL_FROM: { name: '', address: 'brief@news.example' }, PUBLIC_URL: 'https://news.example' };

/** A morning's editions, one for each of 24 zones, as many at once as the clock plans: who is due, what tells them apart, and what each group gets. All of planning but the ledger's rows. */
export async function compose(ground, { readers, candidates }) {
  const small = await composed(ground, few, candidates);
  const large = await composed(ground, readers, candidates);
  return [
    {
      what: `composing for ${large.readers} readers in ${large.editions} zones: ${large.groups} groups, ${large.variants} variants`,
      measured: `${seconds(large.ms)} (to gather the readers ${seconds(large.gatherMs)} of two processes of Postgres)`,
      yardstick: `a bare count of as many joined rows ${seconds(large.bareMs)}`,
      wanted: '≤ 10 s',
    },
    {
      what: 'memory that composing takes on top',
      measured: megabytes(large.heap),
      yardstick: `${few} readers: ${megabytes(small.heap)}`,
      wanted: 'flat',
    },
  ];
}

async function composed(ground, readers, candidates) {
  const url = await ground.database();
  await addReaders(url, readers);
  await spreadReaders(url);
  await addCandidates(url, candidates);
  await addMemory(url);
  const editions = await addMorning(url);
  const db = await openLists(url);
  const step = new ComposeForReaders(config);
  const bareMs = await timed(() =>
    db.query(`select count(*) from subscription s join subscriber r on r.id = s.subscriber_id`),
  );
  const result = { readers: 0, groups: 0, variants: 0, gatherMs: 0, ms: 0, heap: 0, bareMs, editions: editions.length };
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const composeOne = (id) =>
    db.transaction(async (tx) => {
      const edition = await takeEdition(tx, id, 'ready');
      const gatherMs = await timed(() => gatherReaders(tx, edition, Temporal.Now.instant()));
      const variants = await step.run(tx, edition);
      result.gatherMs += gatherMs;
      result.groups += Object.keys(variants).length;
      result.variants += new Set(Object.values(variants).filter(Boolean)).size;
      const [{ n }] = await tx.query('select count(*)::int as n from due');
      result.readers += n;
      result.heap = Math.max(result.heap, process.memoryUsage().heapUsed - before);
    });
  result.ms = await timed(() => fewAtOnce(editions, plansAtOnce, composeOne));
  await db.destroy();
  if (result.readers !== readers) throw new Error(`${result.readers} of ${readers} readers are due`);
  return result;
}

/** An admin moves a list's hour; everybody who follows the list moves along. */
export async function move(ground, { readers }) {
  const url = await ground.database();
  await addReaders(url, readers);
  const db = await openLists(url);
  const save = new SaveList(db);
  const followers = `select count(*)::int as n from subscription s join schedule c on c.id = s.schedule_id where c.local_time = $1`;
  const ms = await timed(() => save.change(slug, { localTime: '06:30' }, Temporal.Now.instant()));
  const [{ n }] = await db.query(followers, ['06:30']);
  const touched = await timed(() => db.query(`select count(*) from subscription`));
  await db.destroy();
  if (n !== readers) throw new Error(`${n} of ${readers} readers follow the list to 06:30`);
  return [
    {
      what: `moving a list of ${n} readers from 07:00 to 06:30`,
      measured: `${ms.toFixed(0)} ms`,
      yardstick: `counting them: ${touched.toFixed(0)} ms`,
      wanted: '≤ 1 s',
    },
  ];
}

/** The desk's page as an editor's browser asks for it. */
export async function desk(ground, { candidates }) {
  const url = await ground.database();
  await addReaders(url, few);
  await addCandidates(url, candidates);
  const port = await freePort();
  const key = 'a-key-of-the-bench-that-is-long-enough';
  const service = ground.service(url, 'web', { PORT: String(port), ADMIN_API_KEY: key, HOST: '127.0.0.1' });
  const base = `http://127.0.0.1:${port}`;
  await answering(`${base}/health/ready`, service);
  const date = Temporal.Now.plainDateISO('UTC').add({ days: 1 }).toString();
  const signedIn = await fetch(`${base}/desk/sign-in`, {
    ...{ method: 'POST', redirect: 'manual', headers: { origin: base }, body: new URLSearchParams({ key }) },
  });
  const [cookie] = signedIn.headers.getSetCookie();
  const took = [];
  let bytes = 0;
  for (let n = 0; n < 21; n++) {
    const began = performance.now();
    const page = await fetch(`${base}/desk/${slug}/${date}`, { headers: { cookie: cookie.split(';')[0] } });
    bytes = (await page.arrayBuffer()).byteLength;
    if (page.status !== 200) throw new Error(`the desk answers ${page.status}`);
    took.push(performance.now() - began);
  }
  const first = took[0];
  took.sort((a, b) => a - b);
  return [
    {
      what: `the desk's page for ${candidates} candidates, ${(bytes / 1024).toFixed(0)} KB`,
      measured: `median ${took[10].toFixed(0)} ms, slowest ${took.at(-1).toFixed(0)} ms, the very first ${first.toFixed(0)} ms`,
      yardstick: `GET / ${(await median(() => fetch(base).then((page) => page.arrayBuffer()))).toFixed(0)} ms`,
      wanted: '≤ 300 ms',
    },
  ];
}

const openLists = (url) => new DataSource({ ...dataSourceOptions(url, 2), entities: [List] }).initialize();

async function median(ask) {
  const took = [];
  for (let n = 0; n < 11; n++) took.push(await timed(ask));
  return took.sort((a, b) => a - b)[5];
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function answering(url, child) {
  for (let n = 0; n < 300; n++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`The service does not answer:\n${child.logs}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
