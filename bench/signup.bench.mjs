// Sign-ups per second at 50 connections, beside a bare Fastify with one insert: npm run bench -- signup [--seconds=N] [--rounds=N]
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openGround } from './support/ground.mjs';
import { endAll, startScript, stop } from './support/processes.mjs';
import { formatTable } from './support/table.mjs';

const connections = 50;
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '2' },
  },
});
const seconds = Number(values.seconds);

try {
  const ground = await openGround();
  const [bareUrl, ourUrl] = [await startBare(ground), await startOurs(ground)];
  const rounds = [];
  for (let n = 0; n < Number(values.rounds); n += 1) rounds.push([await load(bareUrl), await load(ourUrl)]);
  const [bare, ours] = [0, 1].map((which) => best(rounds.map((round) => round[which])));
  console.log(
    formatTable([
      {
        what: `sign-ups, ${connections} connections, each committed before the answer`,
        measured: inWords(ours),
        yardstick: `bare Fastify and one pg insert ${inWords(bare)}`,
        ratio: ours.rate / bare.rate,
        wanted: '≥ 0.5',
      },
    ]),
  );
} finally {
  await endAll();
}

async function startBare(ground) {
  const child = startScript('bare-sign-up.mjs', { databaseUrl: await ground.database(), connections: 10 });
  const [{ port }] = await once(child, 'message');
  return `http://127.0.0.1:${port}`;
}

/** The web role alone, its caps lifted, with one list. */
async function startOurs(ground) {
  const databaseUrl = await ground.database();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { PORT: String(port), SMTP_URL: 'smtp://127.0.0.1:9', ADMIN_API_KEY: 'key-of-the-bench' };
  const caps = { SIGN_UPS_PER_NETWORK: '0', SIGN_UPS_PER_DOMAIN: '0' };
  const child = ground.service(databaseUrl, 'web', { ...settings, ...caps });
  await answering(`${url}/health/live`, child);
  const list = {
    slug: 'daily',
    name: 'Daily',
    tagline: '',
    timeZone: 'Europe/Paris',
    localTime: '07:00',
    sections: ['World'],
  };
  const response = await fetch(`${url}/api/v1/lists`, {
    method: 'POST',
    headers: { authorization: 'Bearer key-of-the-bench', 'content-type': 'application/json' },
    body: JSON.stringify({ ...list, postalAddress: '1 Street' }),
  });
  if (response.status !== 201) throw new Error(await response.text());
  return url;
}

async function load(url) {
  const child = startScript('post-load.mjs', { url, connections, seconds, warmUpSeconds: 2 });
  const [result] = await once(child, 'message');
  await stop(child);
  return result;
}

async function answering(url, child) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error(`No answer from ${url}\n${child.logs}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function best(results) {
  return results.reduce((a, b) => (a.rate > b.rate ? a : b));
}

function inWords({ rate, p99 }) {
  return `${Math.round(rate)}/s, p99 ${Math.round(p99)} ms`;
}
