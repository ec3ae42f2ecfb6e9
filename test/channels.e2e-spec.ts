import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendEdition, untilEdition, untilSeeded } from './support/editions.js';
import { addReaders } from './support/readers.js';
import { ReplyServer } from './support/reply-server.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

const folder = mkdtempSync(join(tmpdir(), 'channels-'));
let strong: ReplyServer;
let fresh: ReplyServer;
let desk: Service;

beforeAll(async () => {
  [strong, fresh] = [await ReplyServer.start(), await ReplyServer.start()];
  const file = join(folder, 'channels.json');
  const warmUp = [{ from: '2020-01-01', perDay: 5 }];
  const channels = [
    { name: 'strong', url: strong.url },
    { name: 'fresh', url: fresh.url, weight: 3, warmUp },
  ];
  writeFileSync(file, JSON.stringify(channels));
  desk = await startService({ env: { CHANNELS_FILE: file } });
  await untilSeeded(desk);
  await addReaders(
    desk,
    Array.from({ length: 40 }, (_, n) => `reader${n}@example.org`),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const send = async () => {
  const { id } = await sendEdition(desk);
  const { counts } = await untilEdition(desk, id, 'done', ({ state }) => state === 'done');
  return counts;
};

describe('two channels', () => {
  it('share the letters, and one that is warmed up carries what its plan allows for the day', async () => {
    expect(await send()).toEqual({ accepted: 40 });
    expect([strong.accepted.length, fresh.accepted.length]).toEqual([35, 5]);
  });

  it('take over from one another, and no reader is charged for it', async () => {
    await fresh.close();
    expect(await send()).toEqual({ accepted: 40 });
    expect(strong.accepted.length).toBe(75);
    expect((await fetch(`${desk.baseUrl}/health/ready`)).status).toBe(200);
  });

  it('rest when neither has a session, and say so', async () => {
    await strong.close();
    await until('health to tell', 20_000, async () =>
      (await fetch(`${desk.baseUrl}/health/ready`)).status === 503 ? true : undefined,
    );
    const { id } = await sendEdition(desk);
    await strong.open();
    await untilEdition(desk, id, 'done', ({ counts }) => counts.accepted === 40);
  });
});
