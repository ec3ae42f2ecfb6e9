import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { sql } from '../src/database/sql.js';
import { PlanEdition } from '../src/deliveries/plan-edition.js';
import { gatherReaders } from '../src/deliveries/gather-readers.js';
import { countReaders } from '../src/deliveries/rehearsal/count-readers.js';
import type { Edition } from '../src/editions/edition.js';
import { freshDatabase } from './support/database.js';
import { addListWithReaders } from './support/readers-of-a-list.js';

const dueAt = Temporal.Instant.from('2026-11-25T07:00:00Z');
let db: DataSource;

/** A morning that is planned, and another one of the same date for the first three of four readers. */
beforeAll(async () => {
  db = await openDataSource((await freshDatabase()).url);
  await addListWithReaders(db, 4);
  await sql(
    db,
    `update subscription set confirmed_at = $1::timestamptz - interval '1 day', morning_from = $1::timestamptz - interval '1 day'`,
    [dueAt],
  );
  await sql(db, `update schedule set next_due_at = $1, weekdays = '{1,2,3,4,5,6,7}'`, [dueAt]);
  await sql(
    db,
    `with i as (insert into issue (list_id, local_date) select id, '2026-11-25' from list returning id, list_id)
     insert into edition (issue_id, list_id, kind, audience, state, due_at, local_date, opened_at)
     select id, list_id, 'morning', 'due', state, $1::timestamptz + after, '2026-11-25', now()
       from i, (values ('done', interval '-1 hour'), ('ready', interval '0')) e (state, after)`,
    [dueAt],
  );
  await sql(
    db,
    `insert into edition_schedule (edition_id, schedule_id) select e.id, c.id from edition e, schedule c where e.state = 'ready'`,
  );
  await sql(
    db,
    `with v as (insert into variant (edition_id, locale, fingerprint, subject, preheader, stories)
                select id, 'en', 'f', 's', 'p', '[]' from edition where state = 'done' returning id, edition_id)
     insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
     select v.edition_id, s.id, v.id, case s.id % 4 when 3 then 'special' else 'morning' end::delivery_kind, date '2026-11-25' - (s.id % 4 = 2)::int,
            'accepted', now(), now(), 'm', now()
       from v, subscription s where s.id % 4 > 0`,
  );
});
afterAll(() => db.destroy());

it('whoever has a morning letter of that date in the ledger is not due again: not for one of the day before, not for a special one', async () => {
  const [edition] = await sql<Edition>(
    db,
    `select id, kind, due_at as "dueAt", local_date as "localDate" from edition where state = 'ready'`,
  );
  const due = await db.transaction(async (tx) => {
    await gatherReaders(tx, edition!, dueAt);
    return sql(tx, `select subscription_id % 4 as reader from due order by 1`);
  });
  expect(due.map((row) => Number((row as { reader: string }).reader))).toEqual([0, 2, 3]);
  const counted = await countReaders(db, '1', '2026-11-25', dueAt);
  expect(counted.groups.reduce((sum, { readers }) => sum + readers, 0)).toBe(3);
});

it('nobody is planned twice for one date, whatever two editions think', async () => {
  const again = sql(
    db,
    `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
     select e.id, d.subscription_id, d.variant_id, 'morning', d.local_date, 'queued', now(), now(), 'm', now()
       from edition e, delivery d where e.state = 'ready' and d.kind = 'morning' limit 1`,
  );
  await expect(again).rejects.toThrow('delivery_by_reader');
});

it('whoever has an issue of a later date in the ledger gets none of an older one after it, and the ledger says so', async () => {
  await sql(
    db,
    `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
     select v.edition_id, s.id, v.id, 'morning', '2026-11-26', 'accepted', now(), now(), 'm', now()
       from subscription s, variant v where s.id % 4 = 0`,
  );
  const [{ id }] = (await sql<{ id: string }>(db, `select id from edition where state = 'ready'`)) as [{ id: string }];
  const run = async (tx: EntityManager) => {
    const groups = await sql<{ key: string }>(tx, `select distinct group_key as key from due where not overtaken`);
    return Object.fromEntries(groups.map(({ key }) => [key, null]));
  };
  await new PlanEdition(db, { run } as never, { MAIL_FROM: { address: 'a@example.org' } } as never).run(id, dueAt);
  expect(
    await sql(
      db,
      `select subscription_id % 4 as reader, state, reason from delivery where edition_id = $1 order by 1`,
      [id],
    ),
  ).toEqual([
    { reader: '0', state: 'skipped', reason: 'an issue of a later date came first' },
    { reader: '2', state: 'skipped', reason: 'too few new stories' },
    { reader: '3', state: 'skipped', reason: 'too few new stories' },
  ]);
});
