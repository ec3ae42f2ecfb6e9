import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { FirstKey } from '../../src/admin/first-key.js';
import { sql } from '../../src/database/sql.js';
import { adminKey, bearer, call, makeKey, now, startApiApp, type ApiApp } from '../support/api-app.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { good, ThingsController } from '../support/things.js';

let database: TestDatabase;
let one: ApiApp;

beforeAll(async () => {
  database = await freshDatabase();
  one = await startApiApp(database.url, { ADMIN_API_KEY: adminKey }, [ThingsController]);
  await one.app.get(FirstKey).run(now());
});

afterAll(async () => {
  await one?.stop();
  await database?.drop();
});

describe('the audit', () => {
  const latest = async () => (await call(one.url, 'GET', '/api/v1/audit?limit=1', bearer)).json.items[0]!;

  it('holds what a key changed or tried, before the answer is out', async () => {
    await call(one.url, 'POST', '/api/v1/things/12/pause?secret=1', bearer);
    expect(await latest()).toMatchObject({
      key: 'env',
      method: 'POST',
      route: '/api/v1/things/:id/pause',
      target: '/api/v1/things/12/pause',
      status: 204,
      network: '127.0.0.0/24',
    });
    await call(one.url, 'POST', '/api/v1/things', { ...bearer, body: { title: '' } });
    expect((await latest()).status).toBe(422);
    const { id: keyId, key } = await makeKey(one.url, ['read']);
    await call(one.url, 'POST', '/api/v1/things', { key, body: good });
    expect(await latest()).toMatchObject({ key: keyId, status: 403 });
  });

  it('leaves out readings, and what may be an address', async () => {
    const before = await latest();
    await call(one.url, 'GET', '/api/v1/things', bearer);
    await call(one.url, 'POST', '/api/v1/things', { body: good });
    expect(await latest()).toEqual(before);
    await call(one.url, 'POST', '/api/v1/things/ada%40example.org/pause', bearer);
    expect((await latest()).target).toBe('/api/v1/things/:id/pause');
  });

  it('cannot be rewritten', async () => {
    await expect(sql(one.app.get(DataSource), 'update audit_event set status = 200')).rejects.toThrow('append-only');
  });
});
