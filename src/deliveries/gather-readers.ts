import type { EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import type { Edition } from '../editions/edition.js';
import { dueReaders, mayGet } from './due-readers.js';
import { readerMemory } from './reader-memory.js';

/**
 * Who is due, and what tells their groups apart, in a table of this transaction's own. In the order of subscriptions (a morning's anyhow), for then the
 * ledger's key is written from left to right, in four fifths of the time. (A key of 64 bits: `ComposeForReaders` sees if two groups share one.)
 */
export async function gatherReaders(tx: EntityManager, edition: Edition, now: Instant): Promise<void> {
  const statement = edition.kind === 'morning' ? dueOfEdition : everyActiveReader(await mayOweCorrections(tx, now));
  await sql(
    tx,
    `create temporary table due on commit drop as
     select q.*, hash_record_extended(row(q.locale, q.sections, q.memory, q.since), 0) as group_key
       from (${statement}) q`,
    [edition.id, now, edition.dueAt, edition.localDate],
  );
}

const dueOfEdition = dueReaders({
  instants: '(select schedule_id, $3::timestamptz as due_at from edition_schedule where edition_id = $1)',
  date: '$4::date',
  now: '$2::timestamptz',
});

/** A special edition is sent whether a reader has had its stories or not; of their memory it takes the corrections they are owed, if any can be. */
const everyActiveReader = (withMemory: boolean): string => `
  select s.id as subscription_id, r.locale, null::text[] as sections, m.memory, null::timestamptz as since, false as overtaken
    from subscription s join subscriber r on r.id = s.subscriber_id
         ${withMemory ? readerMemory('$2::timestamptz') : `cross join (select '{}'::bigint[] as memory) m`}
   where s.list_id = (select list_id from edition where id = $1) and s.confirmed_at <= $3 and ${mayGet('$4::date')}
     and $2::timestamptz is not null
   order by s.id`;

/** Memory goes back eight days (`readerMemory`), and what it holds was composed two days before its date at the earliest. */
async function mayOweCorrections(tx: EntityManager, now: Instant): Promise<boolean> {
  const recent = await one(tx, `select from correction where made_at > $1::timestamptz - interval '14 days' limit 1`, [
    now,
  ]);
  return recent !== undefined;
}
