import { describe, expect, it } from '@jest/globals';
import { cloneOf } from './support/database.js';
import { deliveriesOf, readEdition, sendEdition, untilEdition, untilSeeded } from './support/editions.js';
import { addReaders } from './support/readers.js';
import { ReplyServer } from './support/reply-server.js';
import { startService } from './support/service.js';
import { until } from './support/until.js';

describe('a copy of the database', () => {
  it('sends nothing until an admin says that it is the only one', async () => {
    const relay = await ReplyServer.start();
    const original = await startService({ env: { SMTP_URL: relay.url } });
    await untilSeeded(original);
    await addReaders(original, ['ada@example.org', 'bob@example.org']);
    const first = await sendEdition(original);
    await untilEdition(original, first.id, 'done', ({ state }) => state === 'done');
    await original.stop();
    relay.accepted.length = 0;

    const copy = await cloneOf(original.databaseUrl);
    const restored = await startService({
      beside: original,
      env: { DATABASE_URL: copy.url, SMTP_URL: relay.url, SEED: 'none' },
      ready: false,
    });
    const health = await until('health to tell', 30_000, async () => {
      const response = await fetch(`${restored.baseUrl}/health/ready`);
      return ((await response.json()) as { error?: Record<string, { message: string }> }).error?.restore;
    });
    expect(health.message).toContain('nothing is sent until POST /api/v1/restore/confirm');
    const { id } = await sendEdition(restored);
    await new Promise((resolve) => setTimeout(resolve, 12_000)); // a tick and more
    expect((await deliveriesOf(restored, id)).map(({ state, attempt }) => [state, attempt])).toEqual([
      ['queued', 0],
      ['queued', 0],
    ]);
    expect(relay.tried.length).toBe(2); // those of the original
    expect(relay.accepted).toEqual([]);
    expect(restored.logs).toContain('restored, copied or failed over');

    const confirmed = await restored.api('/api/v1/restore/confirm', { method: 'POST' });
    expect([confirmed.status, await confirmed.json()]).toMatchObject([200, { atHome: true }]);
    await untilEdition(restored, id, 'done', ({ state }) => state === 'done');
    expect((await readEdition(restored, id)).counts).toEqual({ accepted: 2 });
    await restored.waitUntilReady(10_000);
    await restored.stop();
    await copy.drop();
  }, 120_000);
});
