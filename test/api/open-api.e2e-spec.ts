import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FirstKey } from '../../src/admin/first-key.js';
import { adminKey, call, now, startApiApp, type ApiApp } from '../support/api-app.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { ThingsController } from '../support/things.js';

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

describe('OpenAPI', () => {
  it('is complete, and readable without a key', async () => {
    const { status, json } = await call(one.url, 'GET', '/api/openapi.json');
    expect(status).toBe(200);
    expect(json.openapi).toMatch(/^3\./);
    for (const item of Object.values(json.paths))
      for (const operation of Object.values(item)) {
        expect(operation.summary).toBeTruthy();
        expect(operation.security).toEqual([{ key: [] }]);
        expect(operation.responses['401']?.content?.['application/problem+json']).toBeDefined();
        if (operation.requestBody) expect(operation.responses['422']).toBeDefined();
      }
    expect(Object.keys(json.paths)).toEqual(
      expect.arrayContaining(['/api/v1/keys', '/api/v1/keys/{id}', '/api/v1/audit', '/api/v1/things']),
    );
    expect(Object.keys(json.paths).filter((path) => !path.startsWith('/api/v1/'))).toEqual([]);
    const { get, post } = json.paths['/api/v1/things']!;
    expect(post!.requestBody!.content['application/json']!.schema).toMatchObject({
      required: ['title', 'url'],
      properties: { figures: { items: { properties: { src: { type: 'string', minLength: 1 } } } } },
    });
    const names = get!.parameters!.map((parameter) => parameter.name);
    expect(names.sort()).toEqual(['cursor', 'limit']);
  });

  it('has a page that takes nothing from another host', async () => {
    const page = await call(one.url, 'GET', '/api/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    for (const [, path] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const asset = await fetch(new URL(path!, `${one.url}/api/docs`));
      expect([path, asset.status]).toEqual([path, 200]);
      await asset.arrayBuffer();
    }
  });
});
