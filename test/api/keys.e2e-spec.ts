import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { FirstKey } from '../../src/admin/first-key.js';
import { sql } from '../../src/database/sql.js';
import { adminKey, bearer, call, makeKey, now, startApiApp, type ApiApp } from '../support/api-app.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { good, ThingsController } from '../support/things.js';

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

describe('API keys', () => {
  it('are asked for, and must be right', async () => {
    const without = await call(one.url, 'GET', '/api/v1/things');
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const wrong = await call(one.url, 'GET', '/api/v1/things', { key: `${adminKey}x` });
    expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
    const basic = await call(one.url, 'GET', '/api/v1/things', { headers: { authorization: 'Basic eDp5' } });
    expect(basic.status).toBe(401);
  });

  it('open what their scope covers and nothing else', async () => {
    const tried = [
      ['GET', '/api/v1/things', undefined],
      ['POST', '/api/v1/things', good],
      ['GET', '/api/v1/things/approvals', undefined],
      ['GET', '/api/v1/keys', undefined],
      ['GET', '/api/v1/audit', undefined],
    ] as const;
    const seen: Record<string, number[]> = {};
    for (const scope of ['read', 'edit', 'approve', 'admin']) {
      const { key } = await makeKey(one.url, [scope]);
      seen[scope] = [];
      for (const [method, path, body] of tried)
        seen[scope].push((await call(one.url, method, path, { key, body })).status);
    }
    expect(seen).toEqual({
      read: [200, 403, 403, 403, 403],
      edit: [200, 201, 403, 403, 403],
      approve: [200, 403, 200, 403, 403],
      admin: [200, 201, 200, 200, 200],
    });
  });

  it('are shown once, listed without their text, and stored as a digest', async () => {
    const { id: keyId, key } = await makeKey(one.url, ['read']);
    expect(key).toMatch(new RegExp(`^dnb_${keyId}_[A-Za-z0-9_-]{43}$`));
    const { json, text } = await call(one.url, 'GET', '/api/v1/keys?limit=200', bearer);
    expect(json.items.map((item) => item.id)).toContain(keyId);
    expect(text).not.toContain(key.slice(-43));
    const rows = await sql(one.app.get(DataSource), 'select * from api_key');
    expect(JSON.stringify(rows)).not.toContain(key.slice(-43));
  });

  it('fail on every instance the moment they are revoked', async () => {
    const { id: keyId, key } = await makeKey(one.url, ['read']);
    expect((await call(two.url, 'GET', '/api/v1/things', { key })).status).toBe(200);
    expect((await call(one.url, 'DELETE', `/api/v1/keys/${keyId}`, bearer)).status).toBe(204);
    expect((await call(two.url, 'GET', '/api/v1/things', { key })).status).toBe(401);
    expect((await call(one.url, 'DELETE', `/api/v1/keys/${keyId}`, bearer)).status).toBe(204);
    expect((await call(one.url, 'DELETE', '/api/v1/keys/nobody', bearer)).status).toBe(404);
  });

  it('end when they expire', async () => {
    const { id: keyId, key } = await makeKey(one.url, ['read'], { expiresAt: now().add({ hours: 1 }).toString() });
    expect((await call(one.url, 'GET', '/api/v1/things', { key })).status).toBe(200);
    await sql(one.app.get(DataSource), `update api_key set expires_at = now() - interval '1 second' where id = $1`, [
      keyId,
    ]);
    expect((await call(one.url, 'GET', '/api/v1/things', { key })).status).toBe(401);
    const past = await call(one.url, 'POST', '/api/v1/keys', {
      ...bearer,
      body: { owner: 'x', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' },
    });
    expect([past.status, past.json.errors[0]!.path]).toEqual([422, 'expiresAt']);
  });

  it('remember their last use, written at most once a minute', async () => {
    const { id: keyId, key } = await makeKey(one.url, ['read']);
    const used = async () =>
      (
        await sql<{ at: Date }>(one.app.get(DataSource), 'select last_used_at as at from api_key where id = $1', [
          keyId,
        ])
      )[0]!.at;
    expect(await used()).toBeNull();
    await call(one.url, 'GET', '/api/v1/things', { key });
    const first = await used();
    await call(one.url, 'GET', '/api/v1/things', { key });
    expect(await used()).toEqual(first);
    expect(first).toBeInstanceOf(Date);
  });

  it('page', async () => {
    const first = await call(one.url, 'GET', '/api/v1/keys?limit=2', bearer);
    const second = await call(one.url, 'GET', `/api/v1/keys?limit=200&cursor=${first.json.nextCursor}`, bearer);
    const ids = [...first.json.items, ...second.json.items].map((item) => item.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('env');
    expect(second.json.nextCursor).toBeNull();
  });
});

describe('wrong keys', () => {
  it('are looked at twenty times a minute on all instances together, whatever comes in parallel', async () => {
    await sql(one.app.get(DataSource), 'delete from limit_count');
    const guesses = Array.from({ length: 150 }, (_, n) =>
      [one, two].map((instance) =>
        call(instance.url, 'GET', '/api/v1/things', { key: `parallel-${n}-${instance.url}` }),
      ),
    );
    const statuses = (await Promise.all(guesses.flat())).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(280);
    await sql(one.app.get(DataSource), 'delete from limit_count');
  });

  it('are slowed down by network, without locking out a key that has passed', async () => {
    expect((await call(two.url, 'GET', '/api/v1/things', bearer)).status).toBe(200);
    const seen = [];
    for (let attempt = 0; attempt < 25; attempt += 1)
      seen.push((await call(two.url, 'GET', '/api/v1/things', { key: `guess-${attempt}` })).status);
    expect(seen[0]).toBe(401);
    expect(seen.at(-1)).toBe(429);
    expect((await call(two.url, 'GET', '/api/v1/things', bearer)).status).toBe(200);
    const fresh = await makeKey(one.url, ['read']);
    const held = await call(two.url, 'GET', '/api/v1/things', { key: fresh.key });
    expect([held.status, Number(held.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });
});
