import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FirstKey } from '../../src/admin/first-key.js';
import { adminKey, call, now, startApiApp, type ApiApp, type Operation } from '../support/api-app.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { startService } from '../support/service.js';
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

  it('says of every operation what it answers, to the last field', async () => {
    const { json } = await call((await startService()).baseUrl, 'GET', '/api/openapi.json');
    const operations = Object.entries(json.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    );
    expect(operations.length).toBeGreaterThan(70);
    expect(operations.filter(({ operation }) => !isAnswerKnown(operation)).map(({ name }) => name)).toEqual([]);
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

/** Whether each success has a schema for each media type, or is empty by its status. */
function isAnswerKnown({ responses }: Operation): boolean {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return (
    successes.length > 0 &&
    successes.every(([status, answer]) => {
      const schemas = Object.values(answer?.content ?? {}).map(({ schema }) => schema);
      if (status === '204') return schemas.length === 0;
      return schemas.length > 0 && schemas.every((schema) => schema && isClosed(schema));
    })
  );
}

/** Whether a schema says of each object in it which properties it has, or what they are: an unknown one does not pass. */
function isClosed(schema: object): boolean {
  if (Object.keys(schema).length === 0) return false;
  if ('type' in schema && schema.type === 'object' && !('additionalProperties' in schema)) return false;
  return partsOf(schema).every(isClosed);
}

interface Parts {
  properties?: Record<string, object>;
  items?: object;
  anyOf?: object[];
  oneOf?: object[];
}

const partsOf = ({ properties = {}, items, anyOf = [], oneOf = [] }: Parts): object[] => [
  ...Object.values(properties),
  ...(items ? [items] : []),
  ...anyOf,
  ...oneOf,
];
