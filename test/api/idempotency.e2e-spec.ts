import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { FirstKey } from '../../src/admin/first-key.js';
import { ForgetRequests } from '../../src/admin/forget-requests.js';
import { sql } from '../../src/database/sql.js';
import { adminKey, bearer, call, makeKey, now, startApiApp, type ApiApp } from '../support/api-app.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { counted, good, ThingsController } from '../support/things.js';

let database: TestDatabase;
let one: ApiApp;
let two: ApiApp;

beforeAll(async () => {
  database = await freshDatabase();
  one = await startApiApp(database.url, { ADMIN_API_KEY: adminKey }, [ThingsController]);
  two = await startApiApp(database.url, { ADMIN_API_KEY: adminKey }, [ThingsController]);
  await one.app.get(FirstKey).run(now());
});

afterAll(async () => {
  await one?.stop();
  await two?.stop();
  await database?.drop();
});

describe('an Idempotency-Key', () => {
  const post = (app: ApiApp, key: string, body: unknown = good, path = '/api/v1/things') =>
    call(app.url, 'POST', path, { ...bearer, body, headers: { 'idempotency-key': key } });

  it('makes repeats answer alike, on any instance, and do nothing', async () => {
    counted.made = 0;
    const first = await post(one, 'k1');
    const again = await post(two, 'k1');
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    const empty = await post(one, 'k1b', undefined, '/api/v1/things/1/pause');
    const emptyAgain = await post(one, 'k1b', undefined, '/api/v1/things/1/pause');
    expect([empty.status, emptyAgain.status, emptyAgain.text]).toEqual([204, 204, '']);
    expect(counted.made).toBe(2);
  });

  it('lets one of many at once act; the others hear 409', async () => {
    counted.made = 0;
    const answers = await Promise.all([one, two, one, two].map((app) => post(app, 'k2', { ...good, title: 'slow' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(counted.made).toBe(1);
  });

  it('is refused for another request', async () => {
    await post(one, 'k3');
    expect((await post(two, 'k3', { ...good, title: 'Other' })).status).toBe(422);
    const stranger = await makeKey(one.url, ['edit']);
    const theirs = await call(one.url, 'POST', '/api/v1/things', {
      key: stranger.key,
      body: { ...good, title: 'Theirs' },
      headers: { 'idempotency-key': 'k3' },
    });
    expect(theirs.json.title).toBe('Theirs');
  });

  it('keeps refusals, word for word', async () => {
    counted.made = 0;
    const first = await post(one, 'k4', { ...good, title: 'conflict' });
    const again = await post(two, 'k4', { ...good, title: 'conflict' });
    expect(first.json).toMatchObject({ status: 409, allowed: ['cancel'] });
    expect([again.status, again.type, again.text]).toEqual([409, first.type, first.text]);
    expect(counted.made).toBe(1);
    const wrong = await post(one, 'k4b', { title: 'x' });
    expect([wrong.status, (await post(two, 'k4b', { title: 'x' })).text]).toEqual([422, wrong.text]);
  });

  it('lets errors of ours be tried again', async () => {
    counted.made = 0;
    expect((await post(one, 'k5', { ...good, title: 'broken' })).status).toBe(500);
    expect((await post(one, 'k5', { ...good, title: 'broken' })).status).toBe(500);
    expect(counted.made).toBe(2);
  });

  it('has a form', async () => {
    expect((await post(one, 'a b')).status).toBe(400);
    expect((await post(one, 'x'.repeat(256))).status).toBe(400);
    expect((await post(one, '')).status).toBe(400);
  });

  it('never keeps the text of an API key', async () => {
    const body = { owner: 'once', scopes: ['read'] };
    const first = await post(one, 'k6', body, '/api/v1/keys');
    expect((await post(two, 'k6', body, '/api/v1/keys')).status).toBe(409);
    const rows = await sql(one.app.get(DataSource), 'select * from idempotent_request');
    expect(JSON.stringify(rows)).not.toContain(first.json.key.slice(-43));
    const keys = await call(one.url, 'GET', '/api/v1/keys?limit=200', bearer);
    expect(keys.json.items.filter((item) => item.owner === 'once')).toHaveLength(1);
  });

  it('is forgotten after 24 hours, by the clock or by its next use', async () => {
    const db = one.app.get(DataSource);
    await post(one, 'k7');
    await post(one, 'k8');
    await sql(
      db,
      `update idempotent_request set created_at = created_at - interval '24 hours' where idempotency_key in ('k7', 'k8')`,
    );
    expect((await post(one, 'k7', { ...good, title: 'Anew' })).json.title).toBe('Anew');
    await one.app.get(ForgetRequests).run(now());
    const left = await sql<{ key: string }>(db, `select idempotency_key as key from idempotent_request`);
    expect(left.map(({ key }) => key)).toContain('k7');
    expect(left.map(({ key }) => key)).not.toContain('k8');
  });
});
