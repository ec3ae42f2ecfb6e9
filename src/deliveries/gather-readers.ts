import type { EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import type { Edition } from '../editions/edition.js';
import { dueReaders, mayGet } from './due-readers.js';
import { readerMemory } from './reader-memory.js';

/** Who is due, and what tells their groups apart, in a table of this transaction's own. (A key of 64 bits: `ComposeForReaders` sees if two groups share one.) */
export async function gatherReaders(tx: EntityManager, edition: Edition, now: Instant): Promise<void> {
  const statement = edition.kind === 'morning' ? dueOfEdition : everyActiveReader;
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

/** A special edition is sent whether a reader has had its stories or not; of their memory it takes the corrections they are owed. */
const everyActiveReader = `
  select s.id as subscription_id, r.locale, null::text[] as sections, m.memory, null::timestamptz as since
    from subscription s join subscriber r on r.id = s.subscriber_id ${readerMemory('$2::timestamptz')}
   where s.list_id = (select list_id from edition where id = $1) and s.confirmed_at <= $3 and ${mayGet('$3::timestamptz')}
     and $4::date is not null`;
