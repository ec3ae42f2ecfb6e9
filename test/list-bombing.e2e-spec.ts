import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Pool } from 'undici';
import { addReaders } from './support/readers.js';
import { startService, type Service } from './support/service.js';

/** Ten thousand posts at a time, on two instances: letters stay within the caps, and everybody else is served. */
const posts = 10_000;
const inFlight = 50;
const cap = 300; // points an hour; a post without our form's signed hour costs three
const letters = cap / 3;

let instances: Service[];
let pools: Pool[];
let db: pg.Client;

beforeAll(async () => {
  const env = {
    ...{ TRUSTED_PROXIES: '127.0.0.1', SIGN_UPS_PER_NETWORK: String(cap), SIGN_UPS_PER_DOMAIN: String(cap) },
    ...{ LOG_LEVEL: 'error' },
  };
  const first = await startService({ env });
  instances = [first, await startService({ env, beside: first })];
  pools = instances.map(({ baseUrl }) => new Pool(baseUrl, { connections: inFlight / 2 }));
  db = new pg.Client(first.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
});

afterAll(async () => {
  await Promise.all((pools ?? []).map((pool) => pool.destroy()));
  await db?.end();
});

async function post(email: string, network: string, instance = 0): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': `${network}.7` };
  const body = new URLSearchParams({ email }).toString();
  const answer = await pools[instance]!.request({ method: 'POST', path: '/subscribe', headers, body });
  return { status: answer.statusCode, text: await answer.body.text() };
}

/** @returns how many answers there were of each status */
async function bomb(
  addressOf: (n: number) => string,
  networkOf: (n: number) => string,
): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  let next = 0;
  const lane = async () => {
    while (next < posts) {
      const n = next++;
      const { status } = await post(addressOf(n), networkOf(n), n % 2);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return statuses;
}

/** Letters that were posted, whether they have gone out yet or not. */
async function written(pattern: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from outbox o join subscriber r on r.id = (o.ids ->> 'subscriber')::bigint
      where o.kind <> 'nothing' and r.address like $1`,
    [pattern],
  );
  return rows[0]!.count;
}

async function serves(bystander: string): Promise<void> {
  expect((await post(bystander, '198.51.100')).status).toBe(200);
  await instances[0]!.mailbox.waitForLetter(bystander, { subject: 'confirm', timeoutMs: 40_000 });
}

const everywhere = (n: number) => `10.${n >> 8}.${n & 255}`;

describe('ten thousand posts', () => {
  it('for one address bring it one letter', async () => {
    expect(await bomb(() => 'victim@one.example', everywhere)).toEqual({ 200: posts });
    expect(await written('victim@one.example')).toBe(1);
    await serves('first@elsewhere.example');
    expect(await instances[0]!.mailbox.letters('victim@one.example')).toHaveLength(1);
  }, 120_000);

  it('from one network bring as many letters as its cap allows, and then 429', async () => {
    const statuses = await bomb(
      (n) => `reader@n${n}.example`,
      () => '192.0.2',
    );
    expect(statuses).toEqual({ 200: letters, 429: posts - letters });
    expect(await written('reader@n%')).toBe(letters);
    await serves('second@elsewhere.example');
  }, 120_000);

  it('for one mail domain bring as many letters as its cap allows, with the same page for all', async () => {
    const statuses = await bomb(
      (n) => `reader${n}@bombed.example`,
      (n) => everywhere(n + 20_000),
    );
    expect(statuses).toEqual({ 200: posts });
    expect(await written('%@bombed.example')).toBe(letters);
    await serves('third@elsewhere.example');
  }, 120_000);
});

describe('whether an address is known', () => {
  const rounds = 300;
  const median = (taken: number[]) => taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)]!;

  it('cannot be told from the answer, byte for byte, nor from the time it takes', async () => {
    await addReaders(instances[0]!, ['active1@known.example']);
    await db.query(
      `insert into suppression (address, reason, created_at) values ('noted12@known.example', 'complaint', now())`,
    );
    await db.query(`delete from sign_up_count`);
    // All of one length: the page shows what was typed.
    const kinds = { new: '', pending: 'pending', active: 'active1', suppressed: 'noted12' };
    const taken: Record<string, number[]> = { new: [], pending: [], active: [], suppressed: [] };
    const pages = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [kind, name] of Object.entries(kinds)) {
        const address = `${kind === 'new' ? `f${String(round).padStart(6, '0')}` : name}@known.example`;
        const began = performance.now();
        const { text } = await post(address, everywhere(40_000 + round));
        taken[kind]!.push(performance.now() - began);
        pages.add(text.replaceAll(address, 'what was typed'));
      }
    }
    const medians = Object.values(taken).map(median);
    process.stdout.write(
      `medians of ${rounds} sign-ups (ms): ${Object.keys(taken)
        .map((kind, i) => `${kind} ${medians[i]!.toFixed(2)}`)
        .join(', ')}\n`,
    );
    expect(pages.size).toBe(1);
    expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.3);
  }, 120_000);
});
