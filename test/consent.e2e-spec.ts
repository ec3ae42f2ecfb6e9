import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Admin } from './support/admin.js';
import { untilSeeded } from './support/editions.js';
import { linkIn, Reading } from './support/reading.js';
import { startService, type Service } from './support/service.js';

/** What is kept of what readers and admins say, what letters tell of it, and how often anybody can make us write. */
let service: Service;
let admin: Admin;
let reading: Reading;
let db: pg.Client;

const list = 'daily-news-brief';

const idOf = async (address: string) =>
  (
    await db.query<{ id: string }>(
      `select s.id from subscription s join subscriber r on r.id = s.subscriber_id where r.address = $1`,
      [address],
    )
  ).rows[0]!.id;

beforeAll(async () => {
  service = await startService({ env: { CONFIRMATION_PAUSE: '0' } });
  [admin, reading] = [new Admin(service), new Reading(service)];
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
});

afterAll(() => db?.end());

describe('the foot of a letter', () => {
  const source = 'the “summer fair” <b>of</b> {list}';

  it('says how this reader came in: by confirming, by an attestation, or by an import', async () => {
    await reading.post('/subscribe', { email: 'asked@foot.example', locale: 'fr' });
    await reading.post(await reading.confirmLink('asked@foot.example'));
    const consent = { source, at: '2025-05-01T20:00:00Z' };
    await admin.post('/subscribers', { address: 'attested@foot.example', confirmed: true, consent });
    await admin.post('/imports', { list, subscribers: [{ address: 'imported@foot.example' }], consent, dryRun: false });
    await reading.post('/subscribe', { email: 'imported@foot.example' });
    await untilSeeded(service);
    await admin.post('/editions', { list });

    const today = Temporal.Now.plainDateISO('Europe/Paris').toString();
    await reading.letterThatSays(
      'asked@foot.example',
      `demandé Daily news brief et confirmé cette demande le ${today}`,
    );
    for (const name of ['attested', 'imported']) {
      const letter = await reading.letterThatSays(
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
    const id = await idOf(address);
    await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body: { state: 'ended' } });
    await reading.post('/subscribe', { email: address });
    await reading.post(await reading.confirmLink(address));
    const welcome = await reading.letterThatSays(
      address,
      'because you subscribed to Daily news brief and confirmed it on',
    );
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
    const { preferences } = await reading.subscribe(moving);
    for (const email of tried.slice(0, 2)) await reading.post('/subscribe', { email });
    await reading.post(preferences, { do: 'address', email: 'capped+c@day.example' });
    await service.mailbox.waitForLetters('capped+c@day.example');
    await reading.post(preferences, { do: 'address', email: 'capped+d@day.example' });
    await reading.post('/subscribe', { email: tried[2]! });
    const { rows } = await db.query<{ letters: number }>(
      `select cardinality(letters_at) as letters from mailbox where key = 'capped@day.example'`,
    );
    expect(rows).toEqual([{ letters: 3 }]);
    await reading.post('/subscribe', { email: 'last@day.example' });
    await reading.confirmLink('last@day.example');
    const all = ['capped+d@day.example', ...tried.map((address) => address.toLowerCase())];
    const letters = await Promise.all(all.map((address) => service.mailbox.letters(address)));
    expect(letters.map(({ length }) => length)).toEqual([0, 1, 1, 0]);
  });
});

describe('the evidence of a consent', () => {
  const address = 'evidence@example.org';
  const network = '127.0.0.0/24';
  const events = async (of: string) => {
    const { rows } = await db.query<{ kind: string; network: string | null; shown: string; what: string | null }>(
      `select e.kind, e.network, e.shown, (select min(key) from jsonb_object_keys(e.detail) key) as what
         from consent_event e join subscriber r on r.id = e.subscriber_id where r.address = $1 order by e.id`,
      [of],
    );
    return rows.map(({ kind, what, ...evidence }) => [what ? `${kind} ${what}` : kind, evidence]);
  };

  it('is kept of everything a reader does, with the network and what they saw each in its place', async () => {
    const paths = await reading.subscribe(address);
    const until = Temporal.Now.plainDateISO().add({ days: 3 }).toString();
    await reading.post(paths.unsubscribe, { do: 'weekdays' });
    await reading.post(paths.unsubscribe, { do: 'pause', until });
    await reading.post(paths.preferences, { do: 'resume', list });
    await reading.post(paths.unsubscribe, { do: 'leave' });
    await reading.post(paths.unsubscribe, { do: 'reason', reason: 'too often' });
    await reading.post(paths.unsubscribe, { do: 'undo' });
    await reading.post(paths.unsubscribe, { do: 'leave all' });
    await reading.post(paths.preferences, { do: 'undo', list });
    await reading.post(paths.preferences, { do: 'pause', list, until });
    await reading.post(paths.preferences, { do: 'leave', list });
    await reading.post(paths.preferences, { do: 'join', list });
    await reading.post(paths.preferences, { do: 'leave all' });
    const [box, confirm] = [
      { network, shown: 'sign-up box v2, en' },
      { network, shown: 'confirm page v1' },
    ];
    const unsubscribe = { network, shown: 'unsubscribe page or one-click v2' };
    const preferences = { network, shown: 'preferences page v3' };
    expect(await events(address)).toEqual([
      ['requested', box],
      ['confirmed', confirm],
      ['changed schedule', unsubscribe],
      ['changed state', unsubscribe],
      ['changed state', preferences],
      ['ended', unsubscribe],
      ['changed reason', unsubscribe],
      ['changed state', unsubscribe],
      ['ended', unsubscribe],
      ['changed state', preferences],
      ['changed state', preferences],
      ['ended', preferences],
      ['confirmed', preferences],
      ['ended', preferences],
    ]);
  });

  it('is kept of hours, sections and a change of address', async () => {
    const { preferences: path } = await reading.subscribe('choosing@example.org');
    const chosen = { localTime: '06:30', timeZone: 'Europe/Berlin', frequency: 'list', sections: 'World' };
    expect((await reading.post(path, { do: 'save', list, ...chosen })).status).toBe(200);
    await reading.post(path, { do: 'address', email: 'chosen@example.org' });
    const { text } = await service.mailbox.waitForLetter('chosen@example.org');
    await reading.post(linkIn(text, 'address'));
    const preferences = { network, shown: 'preferences page v3' };
    expect((await events('chosen@example.org')).slice(2)).toEqual([
      ['changed schedule', preferences],
      ['changed sections', preferences],
      ['changed addressChange', { network, shown: 'address page v2' }],
    ]);
  });

  it('names no network where an admin acts, and the way that they took', async () => {
    const consent = { source: 'an old form', at: '2026-01-02T00:00:00Z' };
    await admin.post('/subscribers', { address: 'a.asked@example.org' });
    await admin.post('/imports', { list, subscribers: [{ address: 'i.asked@example.org' }], dryRun: false });
    await admin.post('/subscribers', { address: 'a.attested@example.org', confirmed: true, consent });
    const id = await idOf('a.attested@example.org');
    const pausedUntil = Temporal.Now.instant().add({ hours: 72 }).toString();
    const changes = [
      { sections: ['World'] },
      { state: 'paused', pausedUntil },
      { state: 'active' },
      { state: 'ended' },
    ];
    for (const body of changes)
      expect((await admin.ask(`/subscriptions/${id}`, { method: 'PATCH', body })).status).toBe(200);
    expect(await events('a.asked@example.org')).toEqual([['requested', { network: null, shown: 'admin API' }]]);
    expect(await events('i.asked@example.org')).toEqual([['requested', { network: null, shown: 'import' }]]);
    const byKey = { network: null, shown: expect.stringMatching(/^admin API, key \S+$/) };
    expect(await events('a.attested@example.org')).toEqual([
      ['attested consentAt', { network: null, shown: 'admin API' }],
      ['changed sections', byKey],
      ['changed state', byKey],
      ['changed state', byKey],
      ['ended', byKey],
    ]);
  });
});
