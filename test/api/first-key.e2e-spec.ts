import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { FirstKey } from '../../src/admin/first-key.js';
import { RevokeKey } from '../../src/admin/revoke-key.js';
import { sql } from '../../src/database/sql.js';
import { call, now, startApiApp, type ApiApp } from '../support/api-app.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let instances: ApiApp[] = [];

beforeEach(async () => {
  database = await freshDatabase();
});

afterEach(async () => {
  for (const instance of instances) await instance.stop();
  instances = [];
  await database.drop();
});

async function start(env: Record<string, string> = {}): Promise<ApiApp> {
  const instance = await startApiApp(database.url, env);
  instances.push(instance);
  return instance;
}

const firstKey = ({ app }: ApiApp) => app.get(FirstKey).run(now());

async function made(instance: ApiApp): Promise<string> {
  const outcome = await firstKey(instance);
  return outcome.kind === 'made' ? outcome.text : outcome.kind;
}

describe('the way in', () => {
  it('is one key, made once, though two instances start together', async () => {
    const [a, b] = [await start(), await start()];
    for (let round = 0; round < 5; round += 1) {
      await sql(a.app.get(DataSource), 'delete from api_key');
      const outcomes = await Promise.all([firstKey(a), firstKey(b)]);
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['made', 'present']);
      const [key] = outcomes.flatMap((outcome) => (outcome.kind === 'made' ? [outcome.text] : []));
      expect((await call(b.url, 'GET', '/api/v1/keys', { key: key! })).status).toBe(200);
    }
    expect((await firstKey(b)).kind).toBe('present');
  });

  it('by setting ends when the setting is changed or taken away', async () => {
    const one = await start({ ADMIN_API_KEY: 'first-text-of-the-operator' });
    const status = async (key: string) => (await call(one.url, 'GET', '/api/v1/keys', { key })).status;
    await firstKey(one);
    expect(await status('first-text-of-the-operator')).toBe(200);
    await firstKey(await start({ ADMIN_API_KEY: 'second-text-of-the-operator' }));
    expect(await status('first-text-of-the-operator')).toBe(401);
    expect(await status('second-text-of-the-operator')).toBe(200);
    const key = await made(await start());
    expect(await status('second-text-of-the-operator')).toBe(401);
    expect(await status(key)).toBe(200);
  });

  it('by setting stays closed once an admin has revoked it, through every restart', async () => {
    const text = 'a-text-that-an-admin-revokes';
    const one = await start({ ADMIN_API_KEY: text });
    await firstKey(one);
    const other = (await call(one.url, 'POST', '/api/v1/keys', { key: text, body: { owner: 'b', scopes: ['admin'] } }))
      .json;
    expect((await call(one.url, 'DELETE', '/api/v1/keys/env', { key: other.key })).status).toBe(204);
    const again = await start({ ADMIN_API_KEY: text });
    expect((await firstKey(again)).kind).toBe('revoked setting');
    expect((await call(again.url, 'GET', '/api/v1/keys', { key: text })).status).toBe(401);
    expect((await firstKey(await start())).kind).toBe('present');
    expect((await firstKey(await start({ ADMIN_API_KEY: text }))).kind).toBe('revoked setting');
    expect((await firstKey(await start({ ADMIN_API_KEY: `${text}-anew` }))).kind).toBe('setting');
    expect((await call(again.url, 'GET', '/api/v1/keys', { key: `${text}-anew` })).status).toBe(200);
  });

  it('by setting works again when the setting comes back', async () => {
    const text = 'a-text-that-comes-and-goes';
    await firstKey(await start({ ADMIN_API_KEY: text }));
    await firstKey(await start());
    const back = await start({ ADMIN_API_KEY: text });
    expect((await firstKey(back)).kind).toBe('setting');
    expect((await call(back.url, 'GET', '/api/v1/keys', { key: text })).status).toBe(200);
  });

  it('is kept by a key that does not expire: one that will does not count in its place', async () => {
    const one = await start();
    await sql(one.app.get(DataSource), 'delete from api_key');
    const key = await made(one);
    const id = key.split('_')[1]!;
    const body = { owner: 'b', scopes: ['admin'], expiresAt: now().add({ hours: 1 }).toString() };
    const short = (await call(one.url, 'POST', '/api/v1/keys', { key, body })).json;
    expect((await call(one.url, 'DELETE', `/api/v1/keys/${id}`, { key })).status).toBe(409);
    expect((await call(one.url, 'DELETE', `/api/v1/keys/${short.id}`, { key })).status).toBe(204);
  });

  it('may be a text of any kind', async () => {
    const one = await start({ ADMIN_API_KEY: 'ein schöner langer Schlüssel 鍵' });
    await firstKey(one);
    const key = Buffer.from('ein schöner langer Schlüssel 鍵').toString('latin1'); // the bytes that curl would send
    expect((await call(one.url, 'GET', '/api/v1/keys', { key })).status).toBe(200);
  });

  it('cannot be closed: the last admin key stays, also when two admins revoke each other', async () => {
    const [a, b] = [await start(), await start()];
    const key = await made(a);
    const id = key.split('_')[1]!;
    expect((await call(a.url, 'DELETE', `/api/v1/keys/${id}`, { key })).status).toBe(409);

    for (let round = 0; round < 5; round += 1) {
      await sql(a.app.get(DataSource), 'update api_key set revoked_at = null where id = $1', [id]);
      const other = (await call(a.url, 'POST', '/api/v1/keys', { key, body: { owner: 'b', scopes: ['admin'] } })).json;
      const outcomes = await Promise.all([
        a.app.get(RevokeKey).run(other.id, now()),
        b.app.get(RevokeKey).run(id, now()),
      ]);
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['last admin key', 'revoked']);
      await sql(a.app.get(DataSource), 'update api_key set revoked_at = now() where id = $1', [other.id]);
    }
  });
});
