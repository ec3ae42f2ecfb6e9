import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of its own: a clone of the template that global-setup.mjs has made. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await maintain(`create database ${name} template template_brief`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => maintain(`drop database if exists ${name} with (force)`) };
}

/** A copy of a database that nobody uses at the moment, under another name: what a restored dump is. */
export async function cloneOf(databaseUrl: string): Promise<TestDatabase> {
  const name = `copy_${randomBytes(6).toString('hex')}`;
  await maintain(`create database ${name} template ${new URL(databaseUrl).pathname.slice(1)}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => maintain(`drop database if exists ${name} with (force)`) };
}

/** A session of the test's own, such as one that holds a lock. */
export async function openClient(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}

async function maintain(statement: string): Promise<void> {
  const client = await openClient(serverUrl());
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error('Only journeys (test/**/*.e2e-spec.ts) have a Postgres');
  return url;
}
