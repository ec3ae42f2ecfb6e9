import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDataSource } from '../src/database/data-source.js';
import type { EraseReader } from '../src/privacy/erase-reader.js';
import { ForgetReaders } from '../src/privacy/forget-readers.js';
import { sendEdition, untilSeeded } from './support/editions.js';
import { addReaders } from './support/readers.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

const reader = 'somebody.in.particular@example.org';

let service: Service;
let db: pg.Client;

beforeAll(async () => {
  service = await startService({ env: { CONFIRMATION_PAUSE: '0' } });
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
  await untilSeeded(service);
});

afterAll(() => db.end());

const post = (path: string, fields: Record<string, string> = {}) =>
  fetch(service.baseUrl + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const pathIn = (text: string, page: string) => `/${page}/${new RegExp(`/${page}/([\\w.-]+)`).exec(text)![1]!}`;
const latest = async (subject: RegExp) =>
  until(`a letter ${String(subject)}`, 30_000, async () =>
    (await service.mailbox.letters(reader)).filter((letter) => subject.test(letter.subject)).at(-1),
  );
const idOf = async (address: string) =>
  ((await db.query(`select id from subscriber where address = $1`, [address])).rows[0] as { id: string } | undefined)
    ?.id;

/** Where a text stands in any column of text or JSON. */
async function placesOf(text: string): Promise<string[]> {
  const { rows } = await db.query(
    `select table_schema as schema, table_name as "table", column_name as "column" from information_schema.columns
      where table_schema not in ('pg_catalog', 'information_schema') and data_type in ('text', 'json', 'jsonb', 'character varying', 'ARRAY')`,
  );
  const found: string[] = [];
  for (const { schema, table, column } of rows as { schema: string; table: string; column: string }[]) {
    const hit = await db.query(`select 1 from "${schema}"."${table}" where "${column}"::text ilike $1 limit 1`, [
      `%${text}%`,
    ]);
    if (hit.rowCount) found.push(`${table}.${column}`);
  }
  return found;
}

describe('my data', () => {
  it('is asked for by anybody who holds a letter, and goes to the reader alone', async () => {
    await post('/subscribe', { email: reader });
    await post(pathIn((await latest(/confirm/i)).text, 'confirm'));
    const welcome = await latest(/Iraq|Ashraf/);
    const asked = await post(`${pathIn(welcome.text, 'preferences')}/data`);
    expect(await asked.text()).not.toMatch(/\/(my-data|erase)\//);
    const letter = await latest(/Your data/);
    const page = await (await fetch(service.baseUrl + pathIn(letter.text, 'my-data'))).text();
    expect(page).toContain(reader);
    expect(page).toContain('accepted');
    const file = await fetch(`${service.baseUrl}${pathIn(letter.text, 'my-data')}?format=json`);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="my-data.json"');
    expect(await file.json()).toMatchObject({
      address: reader,
      subscriptions: [{ list: 'daily-news-brief', state: 'active' }],
      consent: [{ kind: 'requested', network: '127.0.0.0/24' }, { kind: 'confirmed' }],
      editions: [{ kind: 'welcome', state: 'accepted' }],
      suppression: null,
    });
  });

  it('opens to no link that was made for something else', async () => {
    const letter = await latest(/Your data/);
    const welcome = await latest(/Iraq|Ashraf/);
    const [data, erase] = [pathIn(letter.text, 'my-data'), pathIn(letter.text, 'erase')].map(
      (path) => path.split('/')[2]!,
    );
    const [preferences, unsubscribe] = ['preferences', 'unsubscribe'].map(
      (page) => pathIn(welcome.text, page).split('/')[2]!,
    );
    for (const token of [erase, preferences, unsubscribe, `${data}x`])
      expect((await fetch(`${service.baseUrl}/my-data/${token}`)).status).toBe(404);
    for (const token of [data, preferences, unsubscribe]) expect((await post(`/erase/${token}`)).status).toBe(404);
    expect(await idOf(reader)).toBeDefined();
  });

  it('ends after a day', async () => {
    const letter = await latest(/Your data/);
    const later = await startService({
      beside: service,
      env: { ROLES: 'web', CLOCK_OFFSET: String(25 * 3600), SEED: 'none' },
    });
    expect((await fetch(later.baseUrl + pathIn(letter.text, 'my-data'))).status).toBe(404);
    expect((await fetch(later.baseUrl + pathIn(letter.text, 'erase'), { method: 'POST' })).status).toBe(404);
    await later.stop();
  });
});

describe('erasing', () => {
  it('shows a button, and changes nothing by being looked at', async () => {
    const path = pathIn((await latest(/Your data/)).text, 'erase');
    const page = await (await fetch(service.baseUrl + path)).text();
    expect(page).toContain('method="post"');
    await fetch(service.baseUrl + path, { method: 'HEAD' });
    expect(await idOf(reader)).toBeDefined();
  });

  it('leaves the address in no column and no log, and the counts of editions as they were', async () => {
    await addReaders(service, ['other@example.org']);
    const edition = await sendEdition(service);
    const counts = async () =>
      ((await (await service.api(`/api/v1/editions/${edition.id}`)).json()) as { state: string; counts: object })
        .counts;
    await until(
      'both letters',
      30_000,
      async () => ((await counts()) as { accepted?: number }).accepted === 2 || undefined,
    );
    // A server that names the reader, and an answer kept for a repeated request.
    await db.query(
      `update delivery d set reply = '250 2.1.5 <' || r.address || '> ok'
         from subscription s join subscriber r on r.id = s.subscriber_id where s.id = d.subscription_id and r.address = $1`,
      [reader],
    );
    await db.query(
      `insert into address_change (subscriber_id, old_address, new_address, requested_at)
       select id, 'before.' || address, address, now() from subscriber where address = $1`,
      [reader],
    );
    await db.query(`insert into suppression (address, reason, created_at) values ($1, 'manual', now())`, [reader]);
    await service.api('/api/v1/suppressions', {
      method: 'POST',
      body: { address: reader },
      headers: { 'idempotency-key': 'k1' },
    });
    expect(await placesOf(reader)).toEqual(
      expect.arrayContaining([
        'subscriber.address',
        'delivery.reply',
        'suppression.address',
        'idempotent_request.body',
        'address_change.new_address',
      ]),
    );

    expect((await post(pathIn((await latest(/Your data/)).text, 'erase'))).status).toBe(200);
    expect(await placesOf(reader)).toEqual([]);
    expect(await placesOf('somebody.in.particular')).toEqual([]);
    expect(service.logs).not.toContain('somebody.in.particular');
    expect(await counts()).toEqual({ accepted: 2 });
    // The links of their letters are links to nobody: nothing can be joined or taken back.
    const welcome = await latest(/Iraq|Ashraf/);
    expect((await post(pathIn(welcome.text, 'preferences'), { do: 'undo' })).status).toBe(404);
    const unsubscribe = pathIn(welcome.text, 'unsubscribe');
    const answers = [await fetch(service.baseUrl + unsubscribe), await post(unsubscribe, { do: 'undo' })];
    const oneClick = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    answers.push(await fetch(service.baseUrl + unsubscribe, { method: 'POST', body: oneClick }));
    for (const answer of answers)
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('You are on no list')]);
    expect((await post(`${unsubscribe}x`)).status).toBe(404);
  });

  it('is held against imports and attestations, and not against the reader’s own sign-up', async () => {
    const consent = { source: 'an old list of ours', at: '2026-01-01T00:00:00Z' };
    const imported = await service.api('/api/v1/imports', {
      method: 'POST',
      body: { list: 'daily-news-brief', subscribers: [{ address: reader }], consent, dryRun: false },
    });
    expect(((await imported.json()) as { counts: object }).counts).toEqual({ suppressed: 1 });
    for (const body of [{ address: reader, confirmed: true, consent }, { address: reader }])
      expect((await service.api('/api/v1/subscribers', { method: 'POST', body })).status).toBe(409);
    expect(await idOf(reader)).toBeUndefined();

    const before = (await service.mailbox.letters(reader)).length;
    await post('/subscribe', { email: reader });
    await until(
      'a confirmation',
      30_000,
      async () => (await service.mailbox.letters(reader)).length > before || undefined,
    );
    await post(pathIn((await latest(/confirm/i)).text, 'confirm'));
    expect((await db.query(`select 1 from suppression where reason = 'erased'`)).rowCount).toBe(0);
  });

  it('is open to admins, once, and to no lesser key', async () => {
    const id = await idOf('other@example.org');
    const { key } = (await (
      await service.api('/api/v1/keys', { method: 'POST', body: { owner: 'Lee', scopes: ['edit'] } })
    ).json()) as { key: string };
    const lesser = { authorization: `Bearer ${key}` };
    expect((await service.api(`/api/v1/subscribers/${id}/export`, { headers: lesser })).status).toBe(403);
    expect((await service.api(`/api/v1/subscribers/${id}`, { method: 'DELETE', headers: lesser })).status).toBe(403);
    expect(await (await service.api(`/api/v1/subscribers/${id}/export`)).json()).toMatchObject({
      address: 'other@example.org',
    });
    expect((await service.api(`/api/v1/subscribers/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await service.api(`/api/v1/subscribers/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect(await placesOf('other@example.org')).toEqual([]);
  });
});

describe('retention', () => {
  it('erases who has been gone from everything for a year, and nobody else', async () => {
    const addresses = ['gone', 'lately', 'back', 'asked'].map((name) => `${name}@retention.example`);
    await addReaders(service, addresses);
    const [gone, lately, back, asked] = await Promise.all(addresses.map(idOf));
    const leave = (id: string | undefined, ago: string) =>
      db.query(
        `update subscription set state = 'ended', ended_at = now() - $2::interval, requested_at = now() - interval '400 days' where subscriber_id = $1`,
        [id, ago],
      );
    await leave(gone, '366 days');
    await leave(lately, '364 days');
    await leave(back, '366 days');
    await leave(asked, '366 days');
    await post('/subscribe', { email: 'asked@retention.example' });
    await db.query(`update subscription set state = 'active', ended_at = null where subscriber_id = $1`, [back]);

    const source = await openDataSource(service.databaseUrl);
    const erased: string[] = [];
    const eraseReader = { run: (id: string) => Promise.resolve(erased.push(id) > 0) } as unknown as EraseReader;
    await new ForgetReaders(source, eraseReader).run(Temporal.Now.instant());
    await source.destroy();
    expect(erased).toEqual([gone]);
  });
});
