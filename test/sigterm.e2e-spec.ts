import { beforeAll, describe, expect, it } from '@jest/globals';
import { readEdition, sendEdition, untilSeeded } from './support/editions.js';
import { addReaders } from './support/readers.js';
import { ReplyServer } from './support/reply-server.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

let desk: Service;
let relay: ReplyServer;

beforeAll(async () => {
  relay = await ReplyServer.start();
  desk = await startService({ env: { ROLES: 'web', SMTP_URL: relay.url } });
  await untilSeeded(desk);
  await addReaders(
    desk,
    Array.from({ length: 60 }, (_, n) => `reader${n}@example.org`),
  );
});

describe('SIGTERM in the middle of an edition', () => {
  it('lets what is in flight settle, gives the rest back uncharged, and leaves nothing unknown', async () => {
    relay.delayMs = 200;
    const { id } = await sendEdition(desk);
    const env = { ROLES: 'worker,clock', SEED: 'none', SMTP_CONNECTIONS: '2', SMTP_URL: relay.url };
    const worker = await startService({ beside: desk, env, ready: false });
    await until('a few letters', 40_000, async () => (relay.accepted.length >= 4 ? true : undefined));
    relay.delayMs = 5_000; // four slices with two letters each, on two connections: to send them all would take 20 s
    await until('slow letters', 10_000, async () => (relay.tried.length > relay.accepted.length ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 3_000)); // the other slices are in hand, and wait
    const began = Date.now();
    expect((await worker.stop()).code).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);

    const { counts } = await readEdition(desk, id);
    expect(counts).toEqual({ accepted: relay.accepted.length, queued: 60 - relay.accepted.length });
    expect(new Set(relay.accepted).size).toBe(relay.accepted.length);
    const rows = (await (await desk.api(`/api/v1/deliveries?edition=${id}&state=queued&limit=200`)).json()) as {
      items: { attempt: number }[];
    };
    expect(rows.items.every(({ attempt }) => attempt === 0)).toBe(true);
  }, 90_000);
});
