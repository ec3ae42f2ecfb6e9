import { readerMemory } from './reader-memory.js';

/** SQL condition: reader `r` of subscription `s` may receive a letter of this date. */
export const mayGet = (date: string): string => `
  (s.state = 'active' or (s.state = 'paused' and s.paused_until <= ${date}))
  and not exists (select 1 from suppression p where p.address = r.address)`;

/**
 * Who is due on a date, and what tells the groups of them apart, as a statement: subscription_id, schedule_id, due_at, locale,
 * sections, memory, since, overtaken. A reader who goes over from one schedule to another belongs to the old one up to a date (`regime.ts`). Who has that date's letter in
 * the ledger already is not due; who has a later date's is `overtaken`, and gets no older one after it. Of two editions that plan one reader in the same moment the ledger's key stops the later one, and the next tick sees it.
 *
 * (Two looks, for one with `or` in it was made for every reader against every schedule: 5 µs each. And each reader looked up by key, `offset 0`: a
 * join went through every reader of every list for each zone's few.)
 *
 * @param instants a table expression of schedule_id and due_at
 * @param date, now: parameters of the statement, with their types
 */
export const dueReaders = ({ instants, date, now }: { instants: string; date: string; now: string }): string => `
  select s.id as subscription_id, c.id as schedule_id, x.due_at, r.locale, s.sections, m.memory, m.overtaken,
         case when m.since is not null then greatest(m.since, x.due_at - make_interval(days => c.reach_days)) end as since
    from ${instants} x
    join schedule c on c.id = x.schedule_id
    join lateral (
      select * from subscription where schedule_id = c.id and (previous_date is null or previous_date < ${date})
      union all
      select * from subscription
       where previous_schedule_id = c.id and previous_date >= ${date} and (previous_after is null or previous_after < ${date})) s on true
    join lateral (select * from subscriber where id = s.subscriber_id offset 0) r on true ${readerMemory(now, date)}
   where s.morning_from <= x.due_at and s.confirmed_at < x.due_at and not m.served and (s.paused_until is null or s.paused_until <= ${date})
     and ${mayGet(date)}`;
