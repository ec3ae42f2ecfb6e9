import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FirstKey } from '../../src/admin/first-key.js';
import { adminKey, bearer, call, now, startApiApp, type ApiApp } from '../support/api-app.js';
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

describe('problem details', () => {
  it.each([
    ['malformed JSON', 400, 'POST', '/api/v1/things', { body: '{"title":' }],
    [
      'no JSON',
      415,
      'POST',
      '/api/v1/things',
      { body: 'title=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    ['plain text', 415, 'POST', '/api/v1/things', { body: 'x', headers: { 'content-type': 'text/plain' } }],
    ['a body too large', 413, 'POST', '/api/v1/things', { body: { title: 'x'.repeat(200_000) } }],
    ['an unknown path', 404, 'GET', '/api/v1/nothing', {}],
    ['a path that cannot be decoded', 400, 'GET', '/api/v1/things/%zz', {}],
    ['a method that is not there', 404, 'DELETE', '/api/v1/things', {}],
    ['prototype pollution', 400, 'POST', '/api/v1/things', { body: '{"__proto__":{"a":1}}' }],
    ['an unknown parameter', 400, 'GET', '/api/v1/things?stat=x', {}],
    ['a limit out of range', 400, 'GET', '/api/v1/things?limit=0', {}],
    ['a cursor of somebody else', 400, 'GET', '/api/v1/keys?cursor=%27%27', {}],
    ['an id that is none', 400, 'GET', '/api/v1/things/abc', {}],
    ['a NUL in an id', 400, 'GET', '/api/v1/things/%00', {}],
    ['no body', 422, 'POST', '/api/v1/things', {}],
  ])('answer %s with %d', async (_what, status, method, path, options) => {
    const answer = await call(one.url, method, path, { ...bearer, ...options });
    expect(answer.type).toBe('application/problem+json');
    expect(answer.json).toMatchObject({ type: 'about:blank', status });
    expect(answer.json.detail).toMatch(/\.|:/);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('name each wrong field and its fix', async () => {
    const body = {
      title: '',
      url: 'nowhere',
      figures: [{ alt: 'x' }],
      kind: 'mail',
      publishedAt: 'yesterday',
      colour: 1,
    };
    const { status, json } = await call(one.url, 'POST', '/api/v1/things', { ...bearer, body });
    expect(status).toBe(422);
    const errors = Object.fromEntries(json.errors.map((error) => [error.path, error]));
    expect(Object.keys(errors).sort()).toEqual(['colour', 'figures.0.src', 'kind', 'publishedAt', 'title', 'url']);
    expect(errors.title?.fix).toBe('Expected: the headline, 1 to 20 characters.');
    expect(errors['figures.0.src']).toEqual({ path: 'figures.0.src', detail: 'is missing', fix: 'Send text.' });
    expect(errors.kind?.fix).toBe('Send one of: feed, page.');
    expect(errors.colour?.fix).toBe('Remove it. Known here: title, url, figures, kind, publishedAt.');
    expect(errors.publishedAt?.fix).toContain('such as 2011-11-25T07:00:00Z');
  });

  it('refuse what Postgres cannot keep, at any depth', async () => {
    const { status, json } = await call(one.url, 'POST', '/api/v1/things', {
      ...bearer,
      body: { ...good, figures: [{ src: 'a\u0000b' }] },
    });
    expect([status, json.errors[0]!.path]).toEqual([422, 'figures.0.src']);
    const half = await call(one.url, 'POST', '/api/v1/things', {
      ...bearer,
      body: '{"title":"\\ud800","url":"https://example.org"}',
    });
    expect([half.status, half.json.errors[0]!.path]).toEqual([422, 'title']);
  });

  it('hide what broke on our side behind an id', async () => {
    const { status, text, json } = await call(one.url, 'GET', '/api/v1/things/broken', bearer);
    expect(status).toBe(500);
    expect(json.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(text).not.toMatch(/ada|bigint/);
  });

  it('leave a valid request alone, with the schema’s own values', async () => {
    const { status, json, headers } = await call(one.url, 'POST', '/api/v1/things', {
      ...bearer,
      body: { ...good, publishedAt: '2011-11-25T07:00:00+01:00' },
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({ kind: 'feed', figures: [], isInstant: true });
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
