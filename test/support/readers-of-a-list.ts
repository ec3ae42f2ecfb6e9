import { sql, type Db } from '../../src/database/sql.js';
import { cutSlices, type Slice } from '../../src/deliveries/slice.js';

/** A list, its schedule and so many active readers, as rows: for tests of statements, without a service. */
export async function addListWithReaders(db: Db, readers: number): Promise<void> {
  await sql(
    db,
    `with l as (insert into list (slug, name, time_zone, local_time, weekdays, min_stories, max_stories, fresh_for_seconds,
                                  unknown_policy, postal_address, created_at)
                values ('l', 'L', 'UTC', '07:00', '{1}', 1, 5, 3600, 'hold', 'A street', now()) returning id),
          c as (insert into schedule (list_id, time_zone, local_time, weekdays, next_due_at, next_due_date)
                select id, 'UTC', '07:00', '{1}', now(), (now() at time zone 'UTC')::date from l returning id, list_id),
          r as (insert into subscriber (address, locale, created_at)
                select 'r' || n || '@example.org', 'en', now() from generate_series(1, $1::int) n returning id)
     insert into subscription (subscriber_id, list_id, schedule_id, state, requested_at, confirmed_at, morning_from)
     select r.id, c.list_id, c.id, 'active', now(), now(), now() from r, c`,
    [readers],
  );
}

/** So many special editions of one day that are being sent, each with a variant. */
export async function addSendingEditions(db: Db, editions: number): Promise<void> {
  await sql(
    db,
    `with i as (insert into issue (list_id, local_date) select id, current_date from list returning id, list_id),
          e as (insert into edition (issue_id, list_id, kind, audience, state, due_at, local_date, opened_at)
                select i.id, i.list_id, 'special', 'all', 'sending', now(), current_date, now() from i, generate_series(1, $1::int) returning id)
     insert into variant (edition_id, locale, fingerprint, subject, preheader, stories)
     select id, 'en', 'f', 's', 'p', '[]' from e`,
    [editions],
  );
}

/** Cuts into slices what a test has written into the ledger. */
export async function sliceAll(db: Db): Promise<void> {
  const extents = await sql<Slice>(
    db,
    `select edition_id as "editionId", min(id) as "firstId", max(id) as "lastId" from delivery group by edition_id`,
  );
  const now = Temporal.Now.instant();
  for (const extent of extents) await cutSlices(db, extent, now, now.add({ hours: 1 }));
}
