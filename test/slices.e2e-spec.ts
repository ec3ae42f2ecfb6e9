import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { one, sql } from '../src/database/sql.js';
import { CloseEditions } from '../src/deliveries/close-editions.js';
import { readEditionView } from '../src/deliveries/edition-view.js';
import { OfferSlices } from '../src/deliveries/offer-slices.js';
import { Reconcile } from '../src/deliveries/reconcile.js';
import { resendOne } from '../src/deliveries/resend-unknown.js';
import { ResolveDelivery } from '../src/deliveries/resolve-delivery.js';
import { openSlices, type Slice } from '../src/deliveries/slice.js';
import { TendSlice } from '../src/deliveries/tend-slice.js';
import type { LedgerAge } from '../src/deliveries/ledger-age.js';
import { LedgerWriter } from '../src/deliveries/ledger-writer.js';
import { nextAttempts, type Attempt } from '../src/deliveries/attempt.js';
import type { WorkerIdentity } from '../src/deliveries/worker-identity.js';
import { readReply } from '../src/mail/smtp-outcome.js';
import type { Config } from '../src/config.js';
import type { Clock } from '../src/database/database.module.js';
import type { Queue } from '../src/queue/queue.js';
import { freshDatabase } from './support/database.js';
import { addListWithReaders, addSendingEditions, sliceAll } from './support/readers-of-a-list.js';

const readers = 100;
let db: DataSource;
let edition: string;
let tendSlice: TendSlice;
let closeEditions: CloseEditions;

beforeAll(async () => {
  db = await openDataSource((await freshDatabase()).url);
  await addListWithReaders(db, readers);
  await addSendingEditions(db, 1);
  edition = (await one<{ id: string }>(db, `select id from edition`))!.id;
  tendSlice = new TendSlice(db);
  closeEditions = new CloseEditions(db, tendSlice);
});
afterAll(() => db.destroy());

beforeEach(async () => {
  for (const table of ['delivery', 'slice', 'worker']) await sql(db, `delete from ${table}`);
  await sql(db, `update edition set state = 'sending'`);
  await sql(
    db,
    `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
       select v.edition_id, s.id, v.id, 'special', current_date, 'queued', now(), now() + interval '1 hour', 'm' || s.id, now()
         from variant v, subscription s`,
  );
  await sliceAll(db);
});

const now = () => Temporal.Now.instant();
const state = async () => (await one<{ state: string }>(db, `select state from edition`))!.state;
const counts = async () => (await readEditionView(db, edition))!.counts;
const open = () => openSlices(db, 'true');
const tendAll = async () => {
  for (const slice of await open()) await tendSlice.run(slice, now());
};
/** What a worker does to letters, without one. */
const write = (change: string, which = 'true') =>
  sql(db, `update delivery d set ${change}, settled_at = now() where ${which}`);
const offered = async (): Promise<string[]> => {
  const keys: string[] = [];
  await new OfferSlices(db, { offer: async (_: unknown, key: string) => keys.push(key) } as unknown as Queue).run(
    now(),
  );
  return keys;
};
const armedBy = (worker: string) => `state = 'armed', token = gen_random_uuid(), worker = '${worker}'`;
const beat = (worker: string, seenAt: string) =>
  sql(db, `insert into worker (id, started_at, seen_at) values ($1, now(), ${seenAt})`, [worker]);
const idOf = async (which: string) =>
  (await one<{ id: string }>(db, `select id from delivery where ${which} limit 1`))!.id;

describe('the slices of an edition', () => {
  it('hold each of its letters once', async () => {
    const rows = await sql<Slice & { n: number }>(
      db,
      `select c.first_id as "firstId", c.last_id as "lastId", (select count(*)::int from delivery d where d.id between c.first_id and c.last_id) as n
         from slice c order by 1`,
    );
    expect(rows.length).toBeLessThanOrEqual(32);
    expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(readers);
    rows.slice(1).forEach(({ firstId }, n) => expect(BigInt(firstId)).toBe(BigInt(rows[n]!.lastId) + 1n));
    expect(await offered()).toHaveLength(rows.length);
  });

  it('close when no letter of them waits or is armed, keep what became of them, and the edition is done', async () => {
    await write(`state = 'accepted'`, 'd.id % 10 > 0');
    await tendAll();
    expect(await counts()).toEqual({ accepted: 90, queued: 10 });
    expect(await state()).toBe('sending');
    await write(`state = 'refused', cause = 'hard'`, `state = 'queued'`);
    await tendAll();
    expect(await open()).toEqual([]);
    expect(await counts()).toEqual({ accepted: 90, refused: 10 });
    await closeEditions.closeOne(edition, now());
    expect(await state()).toBe('done');
  });

  it('are looked at again when the first of their letters is due, and not before', async () => {
    await write(`state = 'accepted'`, 'd.id % 50 > 0');
    await write(`next_at = now() + interval '10 minutes'`, `state = 'queued'`);
    await tendAll();
    expect(await open()).toHaveLength(2);
    expect(await offered()).toEqual([]);
    const rows = await sql<{ same: boolean }>(
      db,
      `select c.next_at = d.next_at and c.expires_at = d.expires_at as same
         from slice c join delivery d on d.state = 'queued' and d.id between c.first_id and c.last_id`,
    );
    expect(rows).toEqual([{ same: true }, { same: true }]);
  });

  it('are not looked at while the domain rests to which alone a letter waits', async () => {
    await write(`state = 'accepted'`, 'd.id % 50 > 0');
    await sql(
      db,
      `insert into recipient_domain (domain, paused_until, pauses, reason) values ('example.org', now() + interval '1 hour', 1, 'no')`,
    );
    await tendAll();
    expect(await offered()).toEqual([]);
    await sql(db, `delete from recipient_domain`);
    await tendAll();
    expect(await offered()).toHaveLength(2);
  });

  it.each([
    ['whose time has passed', () => write(`expires_at = now()`), { expired: readers }],
    [
      'of an edition that was cancelled',
      () => sql(db, `update edition set state = 'cancelled'`),
      { cancelled: readers },
    ],
  ])('end the letters %s, with no worker there', async (_what, happens, expected) => {
    await happens();
    await sql(
      db,
      `update slice c set expires_at = (select min(expires_at) from delivery d where d.id between c.first_id and c.last_id)`,
    );
    await closeEditions.run(now());
    expect(await counts()).toEqual(expected);
    expect(await open()).toEqual([]);
  });

  it('say that an outcome is unknown when the worker is dead, not while it lives, and forget the worker after that', async () => {
    await beat('lives', 'clock_timestamp()');
    await beat('dead', `clock_timestamp() - interval '31 seconds'`);
    await write(`state = 'accepted'`, 'd.id % 10 > 1');
    await write(armedBy('lives'), 'd.id % 10 = 0');
    await write(armedBy('dead'), 'd.id % 10 = 1');
    await new Reconcile(db, tendSlice).run(now());
    expect(await counts()).toEqual({ accepted: 80, armed: 10, unknown: 10 });
    expect(await sql(db, `select id from worker`)).toEqual([{ id: 'lives' }]);
  });

  it('say so too of a worker that nobody knows, once nothing else waits', async () => {
    await write(`state = 'accepted'`, 'd.id % 50 > 0');
    await write(armedBy('nobody'), 'd.id % 50 = 0');
    await tendAll();
    expect(await counts()).toEqual({ accepted: 98, unknown: 2 });
  });

  it('leave a letter alone that somebody writes just now', async () => {
    const id = await idOf('true');
    await write(armedBy('dead'), `d.id = ${id}`);
    await db.transaction(async (tx) => {
      await sql(tx, `update delivery set state = 'accepted' where id = $1`, [id]);
      await tendAll();
    });
    expect(await counts()).toEqual({ accepted: 1, queued: readers - 1 });
  });
});

describe('a slice that is closed', () => {
  beforeEach(async () => {
    await write(`state = 'accepted'`, 'd.id % 50 > 0');
    await write(`state = 'unknown', token = gen_random_uuid()`, 'd.id % 50 = 0');
    await tendAll();
    await closeEditions.closeOne(edition, now());
    expect([await state(), await counts()]).toEqual(['done', { accepted: 98, unknown: 2 }]);
  });

  it('opens when an admin has a letter sent once more', async () => {
    const id = await idOf(`state = 'unknown'`);
    expect(await resendOne(db, id, now())).toBe(true);
    expect([await state(), await counts()]).toEqual(['sending', { accepted: 98, unknown: 1, queued: 1 }]);
    expect(await offered()).toHaveLength(1);
  });

  it('counts anew when an admin knows what became of a letter', async () => {
    const id = await idOf(`state = 'unknown'`);
    expect(await new ResolveDelivery(db).run(id, 'accepted', now())).toEqual({ kind: 'resolved' });
    expect(await counts()).toEqual({ accepted: 99, unknown: 1 });
    await closeEditions.run(now());
    expect([await open(), await counts(), await state()]).toEqual([[], { accepted: 99, unknown: 1 }, 'done']);
  });

  it('waits for whoever opens it in the same moment, and stays open', async () => {
    const id = await idOf(`state = 'unknown'`);
    const [slice] = await sql<Slice>(
      db,
      `select edition_id as "editionId", first_id as "firstId", last_id as "lastId" from slice where $1::bigint between first_id and last_id`,
      [id],
    );
    let tended: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      await resendOne(tx, id, now());
      tended = tendSlice.run(slice!, now());
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await tended;
    expect(await counts()).toEqual({ accepted: 98, unknown: 1, queued: 1 });
    expect(await offered()).toHaveLength(1);
  });

  it('counts anew when a reader’s subscription is deleted', async () => {
    const [{ subscription }] = (await sql<{ subscription: string }>(
      db,
      `select subscription_id as subscription from delivery where state = 'accepted' limit 1`,
    )) as [{ subscription: string }];
    const after = await db
      .transaction(async (tx) => {
        await sql(tx, `delete from subscription where id = $1`, [subscription]);
        const view = await readEditionView(tx, edition);
        throw Object.assign(new Error('undone'), { counts: view!.counts });
      })
      .catch((error: { counts?: unknown }) => error.counts);
    expect(after).toEqual({ accepted: 97, unknown: 2 });
  });
});

describe('a worker that is taken for dead and hears late what became of a letter', () => {
  const readLater = { recent: async () => now() } as Clock;
  const config = { SMTP_CONNECTIONS: 4 } as Config;
  const seen = { seen: { ledger: '', word: '0', written: '0' } } as LedgerAge;
  let attempt: Attempt;
  let writer: LedgerWriter;

  /** Its letter is the last that was armed; the others have gone out, and nobody knows of this one. */
  beforeEach(async () => {
    writer = new LedgerWriter(db, readLater, { id: 'frozen' } as WorkerIdentity, seen, config);
    const [slice] = await open();
    [attempt] = (await nextAttempts(db, slice!, [], 1, now())) as [Attempt];
    expect(await writer.arm(attempt)).toBe(true);
    await write(`state = 'accepted'`, `d.state = 'queued'`);
    await tendAll();
    await closeEditions.closeOne(edition, now());
    expect([await state(), await counts()]).toEqual(['done', { accepted: readers - 1, unknown: 1 }]);
  });

  it.each([
    ['that it was taken', '250 2.0.0 taken', { accepted: readers }],
    ['that it was refused', '550 5.1.1 no such user', { accepted: readers - 1, refused: 1 }],
  ])('is believed: %s', async (_what, reply, expected) => {
    await writer.settle(attempt, readReply('letter', reply));
    await closeEditions.run(now());
    expect([await open(), await state(), await counts()]).toEqual([[], 'done', expected]);
  });

  it('and its letter, which is to come again, waits in an open slice of an edition that goes on', async () => {
    await writer.settle(attempt, readReply('letter', '451 4.3.0 later'));
    expect(await counts()).toEqual({ accepted: readers - 1, queued: 1 });
    expect(await offered()).toEqual([]);
    await sql(db, `update slice set next_at = now() where counts is null`);
    expect(await offered()).toHaveLength(1);
    await tendAll(); // as the job does that finds nothing to read
    expect(await state()).toBe('sending');
  });
});

it('the ledger has no index on what arming and settling write, or each of the two would write to every index', async () => {
  const columns = await sql<{ name: string }>(
    db,
    `select distinct a.attname as name
       from pg_index i join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.refobjid = i.indrelid
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = d.refobjsubid
      where i.indrelid = 'delivery'::regclass and d.refobjsubid > 0 order by 1`,
  );
  const keys = await sql<{ name: string }>(
    db,
    `select distinct a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[])
      where i.indrelid = 'delivery'::regclass order by 1`,
  );
  // `exception` and `effect_pending` keep their values from planning until a letter is accepted.
  expect([...new Set([...columns, ...keys].map(({ name }) => name))].sort()).toEqual([
    'edition_id',
    'effect_pending',
    'exception',
    'id',
    'kind',
    'local_date',
    'subscription_id',
  ]);
});
