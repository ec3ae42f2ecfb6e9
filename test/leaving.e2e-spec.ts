import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDataSource } from '../src/database/data-source.js';
import { ForgetPending } from '../src/subscribers/forget-pending.js';
import { Admin } from './support/admin.js';
import { Reading } from './support/reading.js';
import { startService, type Service } from './support/service.js';

/** A reader who has left stays so, whatever a stranger types and an admin remembers from before. */
let service: Service;
let admin: Admin;
let reading: Reading;
let db: pg.Client;

const list = 'daily-news-brief';

interface Standing {
  id: string;
  state: string;
  endedAt: string | null;
}

const standing = async (address: string): Promise<Standing> => {
  const { rows } = await db.query<Standing>(
    `select s.id, s.state, s.ended_at::text as "endedAt" from subscription s join subscriber r on r.id = s.subscriber_id where r.address = $1`,
    [address],
  );
  return rows[0]!;
};

const attest = (address: string, at: string) =>
  admin.post('/subscribers', { address, confirmed: true, consent: { source: 'an old form', at } });
const bringIn = async (address: string, at: string, dryRun = false) =>
  (
    await admin.post<{ counts: object }>('/imports', {
      ...{ list, subscribers: [{ address }], dryRun },
      consent: { source: 'an old form', at },
    })
  ).json.counts;

beforeAll(async () => {
  service = await startService({ env: { CONFIRMATION_PAUSE: '0' } });
  [admin, reading] = [new Admin(service), new Reading(service)];
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
});

afterAll(() => db?.end());

describe('a reader who has left', () => {
  const address = 'left@example.org';
  let first: string;
  let left: Standing;

  beforeAll(async () => {
    await reading.post('/subscribe', { email: address });
    first = await reading.confirmLink(address);
    expect((await reading.post(first)).status).toBe(200);
    const { id } = await standing(address);
    await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body: { state: 'ended' } });
    left = await standing(address);
    expect(left.state).toBe('ended');
    await reading.post('/subscribe', { email: address });
    await service.mailbox.waitForLetters(address, { subject: 'confirm', count: 2 });
  });

  it('is as they were after a stranger has typed their address', async () => {
    expect(await standing(address)).toEqual(left);
  });

  it('is not brought back by a consent from before, by any way in', async () => {
    const [before, same] = ['2026-01-02T00:00:00Z', new Date(left.endedAt!).toISOString()];
    for (const at of [before, same]) {
      expect((await attest(address, at)).status).toBe(409);
      expect([await bringIn(address, at, true), await bringIn(address, at)]).toEqual([{ left: 1 }, { left: 1 }]);
    }
    expect(await standing(address)).toEqual(left);
  });

  it('is not brought back by the link that they once confirmed with', async () => {
    expect((await fetch(service.baseUrl + first)).status).toBe(410);
    expect((await reading.post(first)).status).toBe(410);
    expect(await standing(address)).toEqual(left);
  });

  it('has left still when what the stranger asked for is forgotten', async () => {
    const source = await openDataSource(service.databaseUrl);
    await new ForgetPending(source).run(Temporal.Now.instant().add({ hours: 24 * 9 }));
    await source.destroy();
    expect(await standing(address)).toEqual(left);
    expect((await attest(address, '2026-01-02T00:00:00Z')).status).toBe(409);
  });

  it('comes back by the link that was asked for since, and by a consent that is newer', async () => {
    expect((await reading.post(await reading.confirmLink(address, first))).status).toBe(200);
    expect(await standing(address)).toMatchObject({ state: 'active', endedAt: null });
    await admin.ask(`/subscriptions/${left.id}`, { method: 'PATCH', body: { state: 'ended' } });
    const { endedAt } = await standing(address);
    const newer = Temporal.Instant.fromEpochMilliseconds(new Date(endedAt!).getTime() + 1).toString();
    expect(await bringIn(address, newer, true)).toEqual({ added: 1 });
    expect((await attest(address, newer)).status).toBe(201);
    expect(await standing(address)).toMatchObject({ state: 'active', endedAt: null });
  });
});

describe('a reader who leaves while a stranger’s asking stands', () => {
  it('ends that too: the link in the letter does nothing any more', async () => {
    const address = 'twice@example.org';
    await reading.post('/subscribe', { email: address });
    const first = await reading.confirmLink(address);
    await reading.post(first);
    const { id } = await standing(address);
    await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body: { state: 'ended' } });
    await reading.post('/subscribe', { email: address });
    const link = await reading.confirmLink(address, first);
    await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body: { state: 'ended' } });
    expect((await reading.post(link)).status).toBe(410);
    expect((await standing(address)).state).toBe('ended');
  });
});

describe('a consent in the future', () => {
  it('is refused by every way in, with the field’s name, and overrules nobody', async () => {
    const address = 'future@example.org';
    const consent = { source: 'an old form', at: '2099-01-01T00:00:00Z' };
    for (const dryRun of [true, false]) {
      const body = { list, subscribers: [{ address }], consent, dryRun };
      const { status, json } = await admin.post<{ errors: object[] }>('/imports', body);
      expect([status, json.errors]).toMatchObject([422, [{ path: 'consent.at', detail: 'lies in the future' }]]);
    }
    const one = await admin.post<{ errors: object[] }>('/subscribers', { address, confirmed: true, consent });
    expect([one.status, one.json.errors]).toMatchObject([422, [{ path: 'consent.at' }]]);
    expect(await standing(address)).toBeUndefined();
  });
});
