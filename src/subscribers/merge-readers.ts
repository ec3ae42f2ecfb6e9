import type { EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { nobody } from './reader-data.js';

/**
 * Makes one reader of two: `into` gets what `from` has, and `from` becomes nobody, whose links lead to `into`. The ledger keeps both histories.
 * What a stranger asked for at `from`'s address goes. A leaving stays, unless `into` gets that list: they have said that they want it.
 */
export async function mergeReaders(tx: EntityManager, from: string, into: string, now: Instant): Promise<void> {
  await sql(tx, `delete from subscription where subscriber_id = $1 and state = 'pending'`, [from]);
  const known = await one(tx, `select from subscription where subscriber_id = $1`, [from]);
  if (!known) return void (await sql(tx, `delete from subscriber where id = $1`, [from]));
  for (const statement of [takeOver, waitUntilTomorrow, keepLeavings]) await sql(tx, statement, [from, into, now]);
  await sql(tx, moveOthers, [from, into]);
  await sql(
    tx,
    `update subscription set state = 'ended', ended_at = $2, paused_until = null where subscriber_id = $1 and state <> 'ended'`,
    [from, now],
  );
  await sql(tx, `update subscriber set merged_into = $2 where merged_into = $1`, [from, into]);
  await sql(tx, `update subscriber set address = $3, merged_into = $2, locale = 'en', time_zone = null where id = $1`, [
    from,
    into,
    nobody(from),
  ]);
}

const both = `o.subscriber_id = $1 and m.subscriber_id = $2 and m.list_id = o.list_id`;
const gets = (alias: string) => `${alias}.state in ('active', 'paused')`;
const tomorrow = `date_trunc('day', $3::timestamptz at time zone c.time_zone) + interval '1 day'`;

/** Only the other one gets the list: it comes as they chose it. */
const takeOver = `
  update subscription m
     set state = o.state, paused_until = o.paused_until, sections = o.sections, schedule_id = o.schedule_id,
         previous_schedule_id = o.previous_schedule_id, previous_date = o.previous_date, previous_after = o.previous_after,
         confirmed_at = o.confirmed_at, consent_at = o.consent_at, consent_source = o.consent_source, ended_at = null,
         morning_from = greatest(o.morning_from, (${tomorrow}) at time zone c.time_zone)
    from subscription o join schedule c on c.id = o.schedule_id
   where ${both} and ${gets('o')} and not ${gets('m')}`;

/** Both get it: one of them may have had today's already, and nobody gets a day twice. */
const waitUntilTomorrow = `
  update subscription m set morning_from = greatest(m.morning_from, (${tomorrow}) at time zone c.time_zone)
    from subscription o, schedule c
   where ${both} and ${gets('o')} and ${gets('m')} and c.id = m.schedule_id`;

const keepLeavings = `
  update subscription m set state = 'ended', ended_at = greatest(o.ended_at, m.ended_at, m.requested_at)
    from subscription o
   where ${both} and o.state = 'ended' and not ${gets('m')} and $3::timestamptz is not null`;

const moveOthers = `
  update subscription o set subscriber_id = $2
   where o.subscriber_id = $1 and not exists (select from subscription m where ${both})`;
