import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDataSource } from '../src/database/data-source.js';
import { ForgetPending } from '../src/subscribers/forget-pending.js';

import { untilSeeded } from './support/editions.js';
import { flat } from './support/letters.js';
import { until } from './support/until.js';
import { Admin } from './support/admin.js';
import { startService, type Service } from './support/service.js';

/** What a reader said, and what an admin says for them: what is kept of it, what it does, and what letters say of it. */
let service: Service;
let admin: Admin;
let db: pg.Client;

const list = 'daily-news-brief';
const post = (path: string, fields: Record<string, string> = {}) =>
  fetch(service.baseUrl + path, { method: 'POST', body: new URLSearchParams(fields) });

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

/** The link of the confirmation letter that has come since the links that are `known`. */
async function confirmLink(address: string, ...known: string[]): Promise<string> {
  const count = known.length + 1;
  const letters = await service.mailbox.waitForLetters(address, { subject: 'confirm', count });
  return letters.map(({ text }) => /\/confirm\/[\w.-]+/.exec(text)![0]).find((link) => !known.includes(link))!;
}

/** The letter to an address that unsubscribes and says this, once it has come. */
const telling = (address: string, words: string) =>
  until(`a letter to ${address} that says “${words}”`, 30_000, async () =>
    (await service.mailbox.letters(address)).find(
      ({ text }) => text.includes('/preferences/') && flat(text).includes(words),
    ),
  );

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
  admin = new Admin(service);
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
    await post('/subscribe', { email: address });
    first = await confirmLink(address);
    expect((await post(first)).status).toBe(200);
    const { id } = await standing(address);
    await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body: { state: 'ended' } });
    left = await standing(address);
    expect(left.state).toBe('ended');
    await post('/subscribe', { email: address });
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
    expect((await post(first)).status).toBe(410);
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
    expect((await post(await confirmLink(address, first))).status).toBe(200);
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
    await post('/subscribe', { email: address });
    const first = await confirmLink(address);
    await post(first);
    const { id } = await standing(address);
    await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body: { state: 'ended' } });
    await post('/subscribe', { email: address });
    const link = await confirmLink(address, first);
    await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body: { state: 'ended' } });
    expect((await post(link)).status).toBe(410);
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

describe('the foot of a letter', () => {
  const source = 'the “summer fair” <b>of</b> {list}';

  it('says how this reader came in: by confirming, by an attestation, or by an import', async () => {
    await post('/subscribe', { email: 'asked@foot.example', locale: 'fr' });
    await post(await confirmLink('asked@foot.example'));
    const consent = { source, at: '2025-05-01T20:00:00Z' };
    await admin.post('/subscribers', { address: 'attested@foot.example', confirmed: true, consent });
    await admin.post('/imports', { list, subscribers: [{ address: 'imported@foot.example' }], consent, dryRun: false });
    await post('/subscribe', { email: 'imported@foot.example' });
    await untilSeeded(service);
    await admin.post('/editions', { list });

    const today = Temporal.Now.plainDateISO('Europe/Paris').toString();
    await telling('asked@foot.example', `demandé Daily news brief et confirmé cette demande le ${today}`);
    for (const name of ['attested', 'imported']) {
      const letter = await telling(
        `${name}@foot.example`,
        `the publisher of Daily news brief added your address, and states that you agreed on 2025-05-01: “${source}”`,
      );
      expect(letter.html).toContain('&lt;b&gt;of&lt;/b&gt; {list}');
      for (const { text } of await service.mailbox.letters(`${name}@foot.example`))
        expect(text).not.toMatch(/because you subscribed|confirmed it/);
    }
    await service.mailbox.waitForLetter('imported@foot.example', { subject: 'already' });
  });

  it('says that they confirmed once they have left and come back by themselves', async () => {
    const address = 'attested@foot.example';
    const { id } = await standing(address);
    await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body: { state: 'ended' } });
    await post('/subscribe', { email: address });
    await post(await confirmLink(address));
    const welcome = await telling(address, 'because you subscribed to Daily news brief and confirmed it on');
    expect(welcome.text).not.toContain('summer fair');
  });

  it('keeps the source of a consent no longer than the reader', async () => {
    const { rows } = await db.query<{ id: string }>(
      `select id from subscriber where address = 'imported@foot.example'`,
    );
    await admin.ask(`/subscribers/${rows[0]!.id}`, { method: 'DELETE' });
    const kept = await db.query(`select s::text as row from subscription s where subscriber_id = $1`, [rows[0]!.id]);
    expect(JSON.stringify(kept.rows)).not.toContain('summer fair');
  });
});

describe('letters that anybody can ask for', () => {
  it('are three a day to one mailbox, a change of address among them, and not one more', async () => {
    const tried = ['capped@day.example', 'capped+a@day.example', 'CAPPED+b@day.example'];
    const moving = 'moving@day.example';
    await post('/subscribe', { email: moving });
    await post(await confirmLink(moving));
    const { text } = await telling(moving, 'confirmed it on');
    const preferences = /\/preferences\/[\w.-]+/.exec(text)![0];
    for (const email of tried.slice(0, 2)) await post('/subscribe', { email });
    await post(preferences, { do: 'address', email: 'capped+c@day.example' });
    await service.mailbox.waitForLetters('capped+c@day.example');
    await post(preferences, { do: 'address', email: 'capped+d@day.example' });
    await post('/subscribe', { email: tried[2]! });
    const { rows } = await db.query<{ letters: number }>(
      `select cardinality(letters_at) as letters from mailbox where key = 'capped@day.example'`,
    );
    expect(rows).toEqual([{ letters: 3 }]);
    await post('/subscribe', { email: 'last@day.example' });
    await confirmLink('last@day.example');
    const all = ['capped+d@day.example', ...tried.map((address) => address.toLowerCase())];
    const letters = await Promise.all(all.map((address) => service.mailbox.letters(address)));
    expect(letters.map(({ length }) => length)).toEqual([0, 1, 1, 0]);
  });
});
