import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { sql } from '../src/database/sql.js';
import { readEditionView } from '../src/deliveries/edition-view.js';
import { Reconcile } from '../src/deliveries/reconcile.js';
import { resendOne } from '../src/deliveries/resend-unknown.js';
import { ResolveDelivery } from '../src/deliveries/resolve-delivery.js';
import type { Slice } from '../src/deliveries/slice.js';
import { Ledger, now } from './support/ledger.js';

const readers = 100;
let ledger: Ledger;
let db: DataSource;

beforeAll(async () => {
  ledger = await Ledger.open(readers);
  db = ledger.db;
});
afterAll(() => ledger.drop());
beforeEach(() => ledger.plan());

/** Long enough for a statement to come to a lock. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 200));
const armedBy = (worker: string) => `state = 'armed', token = gen_random_uuid(), worker = '${worker}'`;
const beat = (worker: string, seenAt: string) =>
  sql(db, `insert into worker (id, started_at, seen_at) values ($1, now(), ${seenAt})`, [worker]);

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
    expect(await ledger.offered()).toHaveLength(rows.length);
  });

  it('are offered to no worker while the database is not where it was', async () => {
    await sql(
      db,
      `insert into home select true, system_identifier, timeline, database_oid, now(), ledger_oid + 1 from here`,
    );
    expect(await ledger.offered()).toEqual([]);
    await sql(db, `delete from home`);
    expect(await ledger.offered()).not.toEqual([]);
  });

  it('close when no letter of them waits or is armed, keep what became of them, and the edition is done', async () => {
    await ledger.write(`state = 'accepted'`, 'd.id % 10 > 0');
    await ledger.tendAll();
    expect(await ledger.counts()).toEqual({ accepted: 90, queued: 10 });
    expect(await ledger.state()).toBe('sending');
    await ledger.write(`state = 'refused', cause = 'hard'`, `state = 'queued'`);
    await ledger.tendAll();
    expect(await ledger.open()).toEqual([]);
    expect(await ledger.counts()).toEqual({ accepted: 90, refused: 10 });
    await ledger.close();
    expect(await ledger.state()).toBe('done');
  });

  it('are looked at again when the first of their letters is due, and not before', async () => {
    await ledger.write(`state = 'accepted'`, 'd.id % 50 > 0');
    await ledger.write(`next_at = now() + interval '10 minutes'`, `state = 'queued'`);
    await ledger.tendAll();
    expect(await ledger.open()).toHaveLength(2);
    expect(await ledger.offered()).toEqual([]);
    const rows = await sql<{ same: boolean }>(
      db,
      `select c.next_at = d.next_at and c.expires_at = d.expires_at as same
         from slice c join delivery d on d.state = 'queued' and d.id between c.first_id and c.last_id`,
    );
    expect(rows).toEqual([{ same: true }, { same: true }]);
  });

  it('are not looked at while the domain rests to which alone a letter waits', async () => {
    await ledger.write(`state = 'accepted'`, 'd.id % 50 > 0');
    await sql(
      db,
      `insert into recipient_domain (domain, paused_at, paused_until, pauses, reason) values ('example.org', now(), now() + interval '1 hour', 1, 'no')`,
    );
    await ledger.tendAll();
    expect(await ledger.offered()).toEqual([]);
    await sql(db, `delete from recipient_domain`);
    await ledger.tendAll();
    expect(await ledger.offered()).toHaveLength(2);
  });

  it.each([
    ['whose time has passed', () => ledger.write(`expires_at = now()`), { expired: readers }],
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
    await ledger.closeEditions.run(now());
    expect(await ledger.counts()).toEqual(expected);
    expect(await ledger.open()).toEqual([]);
  });

  it('say that an outcome is unknown when the worker is dead, not while it lives, and forget the worker after that', async () => {
    await beat('lives', 'clock_timestamp()');
    await beat('dead', `clock_timestamp() - interval '31 seconds'`);
    await ledger.write(`state = 'accepted'`, 'd.id % 10 > 1');
    await ledger.write(armedBy('lives'), 'd.id % 10 = 0');
    await ledger.write(armedBy('dead'), 'd.id % 10 = 1');
    await new Reconcile(db, ledger.tendSlice).run(now());
    expect(await ledger.counts()).toEqual({ accepted: 80, armed: 10, unknown: 10 });
    expect(await sql(db, `select id from worker`)).toEqual([{ id: 'lives' }]);
  });

  it('say so too of a worker that nobody knows, once nothing else waits', async () => {
    await ledger.write(`state = 'accepted'`, 'd.id % 50 > 0');
    await ledger.write(armedBy('nobody'), 'd.id % 50 = 0');
    await ledger.tendAll();
    expect(await ledger.counts()).toEqual({ accepted: 98, unknown: 2 });
  });

  it('leave a letter alone that somebody writes just now', async () => {
    const id = await ledger.idOf('true');
    await ledger.write(armedBy('dead'), `d.id = ${id}`);
    await db.transaction(async (tx) => {
      await sql(tx, `update delivery set state = 'accepted' where id = $1`, [id]);
      await ledger.tendAll();
    });
    expect(await ledger.counts()).toEqual({ accepted: 1, queued: readers - 1 });
  });
});

describe('a slice that is open and due', () => {
  let id: string;
  let slice: Slice;

  beforeEach(async () => {
    await sql(db, `update slice set expires_at = (select min(expires_at) from delivery)`);
    await ledger.write(`state = 'accepted'`, 'd.id % 50 > 0');
    await ledger.write(`state = 'unknown', token = gen_random_uuid()`, 'd.id % 50 = 0');
    id = await ledger.idOf(`state = 'unknown'`);
    slice = (await ledger.open()).find(
      ({ firstId, lastId }) => BigInt(firstId) <= BigInt(id) && BigInt(id) <= BigInt(lastId),
    )!;
  });

  it('is not closed without a letter that is made to wait in the same moment', async () => {
    let tended: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      await resendOne(tx, id, now());
      tended = ledger.tendSlice.run(slice, now());
      await aMoment();
    });
    await tended;
    expect(await ledger.counts()).toEqual({ accepted: 98, unknown: 1, queued: 1 });
    await ledger.tendAll();
    expect(await ledger.offered()).toEqual([`${slice.editionId}:${slice.firstId}`]);
  });

  it('is opened for a letter that is made to wait while somebody closes it, or puts it off', async () => {
    for (const left of [`counts = '{"accepted": 2, "unknown": 2}'`, `next_at = now() + interval '1 hour'`]) {
      await ledger.write(`state = 'unknown', resent_at = null, token = gen_random_uuid()`, `d.id = ${id}`);
      let opened: Promise<unknown> | undefined;
      await db.transaction(async (tx) => {
        await sql(tx, `select from slice where first_id = $1 for update`, [slice.firstId]);
        opened = resendOne(db, id, now());
        await aMoment();
        await sql(tx, `update slice set ${left} where first_id = $1`, [slice.firstId]);
      });
      expect(await opened).toBe(true);
      expect(await ledger.offered()).toContain(`${slice.editionId}:${slice.firstId}`);
    }
  });
});

describe('a slice that is closed', () => {
  beforeEach(async () => {
    await ledger.write(`state = 'accepted'`, 'd.id % 50 > 0');
    await ledger.write(`state = 'unknown', token = gen_random_uuid()`, 'd.id % 50 = 0');
    await ledger.tendAll();
    await ledger.close();
    expect([await ledger.state(), await ledger.counts()]).toEqual(['done', { accepted: 98, unknown: 2 }]);
  });

  it('opens when an admin has a letter sent once more', async () => {
    const id = await ledger.idOf(`state = 'unknown'`);
    expect(await resendOne(db, id, now())).toBe(true);
    expect([await ledger.state(), await ledger.counts()]).toEqual(['sending', { accepted: 98, unknown: 1, queued: 1 }]);
    expect(await ledger.offered()).toHaveLength(1);
  });

  it('counts anew when an admin knows what became of a letter', async () => {
    const id = await ledger.idOf(`state = 'unknown'`);
    expect(await new ResolveDelivery(db).run(id, 'accepted', now())).toEqual({ kind: 'resolved' });
    expect(await ledger.counts()).toEqual({ accepted: 99, unknown: 1 });
    await ledger.closeEditions.run(now());
    expect([await ledger.open(), await ledger.counts(), await ledger.state()]).toEqual([
      [],
      { accepted: 99, unknown: 1 },
      'done',
    ]);
  });

  it('waits for whoever opens it in the same moment, and stays open', async () => {
    const id = await ledger.idOf(`state = 'unknown'`);
    const [slice] = await sql<Slice>(
      db,
      `select edition_id as "editionId", first_id as "firstId", last_id as "lastId" from slice where $1::bigint between first_id and last_id`,
      [id],
    );
    let tended: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      await resendOne(tx, id, now());
      tended = ledger.tendSlice.run(slice!, now());
      await aMoment();
    });
    await tended;
    expect(await ledger.counts()).toEqual({ accepted: 98, unknown: 1, queued: 1 });
    expect(await ledger.offered()).toHaveLength(1);
  });

  it('counts anew when a reader’s subscription is deleted', async () => {
    const [{ subscription }] = (await sql<{ subscription: string }>(
      db,
      `select subscription_id as subscription from delivery where state = 'accepted' limit 1`,
    )) as [{ subscription: string }];
    const after = await db
      .transaction(async (tx) => {
        await sql(tx, `delete from subscription where id = $1`, [subscription]);
        const view = await readEditionView(tx, ledger.edition);
        throw Object.assign(new Error('undone'), { counts: view!.counts });
      })
      .catch((error: { counts?: unknown }) => error.counts);
    expect(after).toEqual({ accepted: 97, unknown: 2 });
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
