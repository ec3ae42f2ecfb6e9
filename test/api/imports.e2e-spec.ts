import { beforeAll, describe, expect, it } from '@jest/globals';
import { Admin } from '../support/admin.js';
import { addReaders } from '../support/readers.js';
import { startService, type Service } from '../support/service.js';

let service: Service;
let admin: Admin;

beforeAll(async () => {
  service = await startService();
  admin = new Admin(service);
  await addReaders(service, ['one@example.org', 'gone@example.org']);
  await admin.post('/suppressions', { address: 'gone@example.org', reason: 'manual' });
});

describe('an import', () => {
  const readers = ['new@example.org', ' NEW@example.org', 'gone@example.org', 'one@example.org', 'nobody'].map(
    (address) => ({ address }),
  );

  it('is a dry run first, and then does what the dry run said', async () => {
    const consent = { source: 'the old list, 2025', at: '2025-05-01T00:00:00Z' };
    const body = { list: 'daily-news-brief', subscribers: readers, consent };
    const dry = await admin.post<{ counts: object; refused: { index: number }[] }>('/imports', body);
    expect(dry.json).toMatchObject({
      dryRun: true,
      id: null,
      counts: { added: 1, twice: 1, suppressed: 1, already: 1, refused: 1 },
    });
    expect(dry.json.refused).toMatchObject([{ index: 4 }]);
    expect((await admin.ask<{ items: object[] }>('/subscribers?address=new@example.org')).json.items).toEqual([]);
    const done = await admin.post<{ counts: object; id: string }>('/imports', { ...body, dryRun: false });
    expect(done.json.counts).toEqual(dry.json.counts);
    expect((await admin.ask<{ items: object[] }>('/subscribers?address=new@example.org')).json.items).toMatchObject([
      { subscriptions: [{ state: 'active' }] },
    ]);
    expect((await admin.ask<{ items: { id: string }[] }>('/imports')).json.items).toMatchObject([{ id: done.json.id }]);
  });

  it('without consent asks everybody to confirm', async () => {
    await admin.post('/imports', {
      list: 'daily-news-brief',
      subscribers: [{ address: 'asked@example.org' }],
      dryRun: false,
    });
    await service.mailbox.waitForLetter('asked@example.org', { subject: 'confirm' });
  });
});

describe('who has left', () => {
  const address = 'bella@example.org';
  const attest = (at: string) =>
    admin.post('/subscribers', { address, confirmed: true, consent: { source: 'an old form', at } });

  it('is not brought back by a consent that is older, one by one or by import', async () => {
    expect((await attest('2026-01-01T00:00:00Z')).status).toBe(201);
    const { json } = await admin.ask<{ items: { subscriptions: { id: string }[] }[] }>(
      `/subscribers?address=${address}`,
    );
    const id = json.items[0]!.subscriptions[0]!.id;
    await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body: { state: 'ended' } });
    expect((await attest('2026-01-02T00:00:00Z')).status).toBe(409);
    const again = await admin.post<{ counts: object }>('/imports', {
      list: 'daily-news-brief',
      subscribers: [{ address }],
      consent: { source: 'an old form', at: '2026-01-02T00:00:00Z' },
      dryRun: false,
    });
    expect(again.json.counts).toEqual({ left: 1 });
    expect((await admin.ask<{ state: string }>(`/subscriptions/${id}`)).json.state).toBe('ended');
    expect((await attest('2999-01-01T00:00:00Z')).status).toBe(422);
    expect((await attest(Temporal.Now.instant().toString())).status).toBe(201);
  });
});
