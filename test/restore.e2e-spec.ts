import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openDataSource } from '../src/database/data-source.js';
import { sql } from '../src/database/sql.js';
import { cloneOf, freshDatabase } from './support/database.js';
import { deliveriesOf, readEdition, sendEdition, untilEdition, untilSeeded } from './support/editions.js';
import { ownPostgres } from './support/own-postgres.js';
import { addReaders } from './support/readers.js';
import { ReplyServer } from './support/reply-server.js';
import { startService, temporaryFolder, type Service } from './support/service.js';
import { until } from './support/until.js';

const readers = ['ada@example.org', 'bob@example.org'];

/** How much of the server's log is on its disk. */
async function written(url: string): Promise<bigint> {
  const db = await openDataSource(url, 1);
  const [age] = await sql<{ written: string }>(db, `select written from ledger_age`);
  await db.destroy();
  return BigInt(age!.written);
}

/** The service looks every five seconds, and keeps what it has seen. */
const untilSeen = (folder: string, position: bigint) =>
  until('the service to have seen the ledger so far', 30_000, async () => {
    const age = JSON.parse(readFileSync(join(folder, 'ledger-age.json'), 'utf8')) as { written: string };
    return BigInt(age.written) >= position || undefined;
  });

/** Nothing goes out in the time of a tick and more, and health says why. */
async function sendsNothing(service: Service, relay: ReplyServer): Promise<void> {
  await until('health to tell', 60_000, async () => {
    const { degraded, details } = await service.readiness();
    const told = details.restore?.message?.includes('nothing is sent until POST /api/v1/restore/confirm');
    return (degraded.includes('restore') && told) || undefined;
  });
  const { id } = await sendEdition(service);
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  expect((await deliveriesOf(service, id)).map(({ state, attempt }) => [state, attempt])).toEqual([
    ['queued', 0],
    ['queued', 0],
  ]);
  expect(relay.tried.length).toBe(readers.length); // those of the first edition
  expect(service.logs).toContain('restored, copied or failed over');
}

async function confirmed(service: Service): Promise<void> {
  const answer = await service.api('/api/v1/restore/confirm', { method: 'POST' });
  expect([answer.status, await answer.json()]).toMatchObject([200, { atHome: true, rewoundAt: null }]);
  const { items } = (await (await service.api('/api/v1/editions')).json()) as { items: { id: string }[] };
  const { id } = items[0]!;
  await untilEdition(service, id, 'done', ({ state }) => state === 'done');
  expect((await readEdition(service, id)).counts).toEqual({ accepted: readers.length });
  await service.waitUntilReady(10_000);
}

describe('a copy of the data directory, put back', () => {
  it.each([
    ['runs on', true],
    ['is off meanwhile', false],
  ])(
    'sends nothing that may have gone out since, for a service that %s',
    async (_what, runsOn) => {
      const relay = await ReplyServer.start();
      const postgres = await ownPostgres();
      const env = { DATABASE_URL: postgres.url, SMTP_URL: relay.url, DATA_DIR: temporaryFolder() };
      let service = await startService({ env });
      await untilSeeded(service);
      await addReaders(service, readers);
      await until('its start to be over', 60_000, async () => service.logs.includes('API docs') || undefined);
      await postgres.stopImmediately();
      const putBack = postgres.copy();
      await postgres.start();
      await service.waitUntilReady();
      const first = await sendEdition(service);
      await untilEdition(service, first.id, 'done', ({ state }) => state === 'done');
      await untilSeen(env.DATA_DIR, await written(postgres.url));
      if (!runsOn) await service.stop();

      await postgres.stopImmediately();
      putBack();
      await postgres.start();
      if (!runsOn) service = await startService({ env: { ...env, SECRET: service.settings.SECRET! }, ready: false });
      await sendsNothing(service, relay);
      await confirmed(service);
      await service.stop();
    },
    240_000,
  );

  it('and a dump restored in place are told from the ledger itself', async () => {
    const { url } = await freshDatabase();
    const db = await openDataSource(url);
    await sql(
      db,
      `insert into home select true, system_identifier, timeline, database_oid, now(), ledger_oid from here`,
    );
    const atHome = async (seen = '0, 0') => (await sql<{ yes: boolean }>(db, `select at_home(${seen}) as yes`))[0]!.yes;
    const { word, written } = (await sql<{ word: string; written: string }>(db, `select * from ledger_age`))[0]!;
    expect([await atHome(), await atHome(`${word}, ${written}`)]).toEqual([true, true]);
    expect(await atHome(`${word}, ${BigInt(written) + 1_000_000_000n}`)).toBe(false);
    expect(await atHome(`${BigInt(word) + 1n}, 0`)).toBe(false);
    expect(await atHome(`${BigInt(word) - 1n}, ${BigInt(written) + 1_000_000_000n}`)).toBe(true);
    await sql(db, `update home set ledger_oid = ledger_oid + 1`); // as the dump's row says, of a table that it has made anew
    expect(await atHome()).toBe(false);
    await db.destroy();
  });
});

describe('a copy of the database', () => {
  it('sends nothing until an admin says that it is the only one', async () => {
    const relay = await ReplyServer.start();
    const original = await startService({ env: { SMTP_URL: relay.url } });
    await untilSeeded(original);
    await addReaders(original, readers);
    const first = await sendEdition(original);
    await untilEdition(original, first.id, 'done', ({ state }) => state === 'done');
    await original.stop();
    relay.accepted.length = 0;

    const copy = await cloneOf(original.databaseUrl);
    const restored = await startService({
      beside: original,
      env: { DATABASE_URL: copy.url, SMTP_URL: relay.url, SEED: 'none' },
      ready: false,
    });
    await sendsNothing(restored, relay);
    expect(relay.accepted).toEqual([]);
    await confirmed(restored);
    await restored.stop();
    await copy.drop();
  }, 120_000);
});
