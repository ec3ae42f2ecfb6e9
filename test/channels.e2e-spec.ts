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
    expect(await desk.readiness()).toMatchObject({ status: 200, degraded: [] });
  });

  it('rest when neither has a session, and say so', async () => {
    await strong.close();
    await until('health to tell', 20_000, async () =>
      (await desk.readiness()).degraded.includes('smtp') ? true : undefined,
    );
    const { id } = await sendEdition(desk);
    await strong.open();
    await untilEdition(desk, id, 'done', ({ counts }) => counts.accepted === 40);
  });
});

describe('a relay that refuses the password', () => {
  it.each([
    [
      'SMTP_URL',
      (url: string) => ({ SMTP_URL: url }),
      'The relay refuses the user name or password of SMTP_URL: correct',
    ],
    [
      'CHANNELS_FILE',
      (url: string) => {
        const file = join(folder, 'refused.json');
        writeFileSync(file, JSON.stringify([{ name: 'bulk', url }]));
        return { CHANNELS_FILE: file };
      },
      'Channel bulk: The relay refuses the user name or password of CHANNELS_FILE: correct',
    ],
  ])('is an alarm at the start that names %s, and pages are served', async (_setting, env, line) => {
    const relay = await ReplyServer.start();
    const service = await startService({ env: env(relay.url.replace('//', '//desk:hunter2@')), ready: false });
    await until('the alarm', 55_000, async () => service.logs.includes(line) || undefined);
    await until('the page', 55_000, async () => (await fetch(service.baseUrl)).ok || undefined);
    expect(await service.readiness()).toMatchObject({ status: 200, degraded: ['smtp'] });
    expect(service.logs).not.toContain('hunter2');
    await service.stop();
  });
});
