import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openDataSource } from '../src/database/data-source.js';
import { describeEntities } from '../src/database/describe-entities.js';
import { describeSchema } from '../src/database/describe-schema.js';
import { freshDatabase } from './support/database.js';

const committed = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

describe('what is written by `npm run docs`', () => {
  it('schema.sql and docs/ENTITIES.md are what the migrations make', async () => {
    const database = await freshDatabase();
    const dataSource = await openDataSource(database.url);
    expect(await describeSchema(dataSource)).toBe(committed('schema.sql'));
    expect(await describeEntities(dataSource)).toBe(committed('docs/ENTITIES.md'));
    await dataSource.destroy();
    await database.drop();
  });
});

it('Postgres compiles no statement of ours, whatever the database says of others', async () => {
  const database = await freshDatabase();
  const before = await openDataSource(database.url);
  await before.query(`do $$ begin execute format('alter database %I set jit = on', current_database()); end $$`);
  await before.destroy();
  const dataSource = await openDataSource(database.url);
  expect(await dataSource.query('show jit')).toEqual([{ jit: 'off' }]);
  await dataSource.destroy();
  await database.drop();
});
