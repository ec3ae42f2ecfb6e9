import { takeChances } from '../suppressions/suppressions.js';
import { dateHad } from './subscription.js';
import { countLetters } from './count-letters.js';

/**
 * Takes sign-ups ($1, a JSON array with no mailbox twice) at $2; caps on letters to one mailbox: $3 in a day, and none since $4; $5 is a day ago.
 * - `counted` counts the letters;
 * - `asked` makes or finds the subscribers, in the order of the addresses, so that two groups cannot wait for each other. The newest
 *   choice of language and zone counts until a subscription is confirmed;
 * - `wanted` makes or renews the subscriptions, except of a list that was archived just now. A subscription that its reader has left stays
 *   ended since the same instant: only what was asked for is new, and it was asked for after the leaving;
 * - `standing` is what suppressions have against the addresses;
 * - a letter is posted in any case: one of the kind `nothing` is written by nobody.
 */
export const takeSignUps = `
  with post as materialized (
    select * from jsonb_to_recordset($1::jsonb) as p (
      address text, mailbox text, locale text, "timeZone" text, "listId" bigint, "scheduleId" bigint, sections text[],
      evidence jsonb, "mayWrite" boolean, mark bigint)
  ), counted as (${countLetters('post', { now: '$2', perDay: '$3', pausedSince: '$4', aDayAgo: '$5' })}
  ), asked as (
    insert into subscriber as r (address, locale, time_zone, created_at)
    select address, locale, "timeZone", $2 from post join counted on key = mailbox order by address
    on conflict (address) do update set (locale, time_zone) = (
      select case when confirmed then r.locale else excluded.locale end,
             case when confirmed then r.time_zone else coalesce(excluded.time_zone, r.time_zone) end
        from (select exists (select from subscription s where s.subscriber_id = r.id and s.state in ('active', 'paused')) as confirmed) as standing)
    returning id, address
  ), wish as (
    select post.*, asked.id as "subscriberId", coalesce(counted.letter_for = post.mark, false) as may
      from asked join post using (address) join counted on key = mailbox
  ), wanted as (
    insert into subscription as s (subscriber_id, list_id, schedule_id, state, sections, requested_at)
    select "subscriberId", "listId", "scheduleId", 'pending', wish.sections, $2
      from wish join list l on l.id = "listId" and l.archived_at is null order by "subscriberId"
    on conflict (subscriber_id, list_id) do update set
      requested_at = case when s.state in ('ended', 'pending') then greatest(excluded.requested_at, s.ended_at + interval '1 ms') else s.requested_at end,
      schedule_id = case when s.state in ('ended', 'pending') then excluded.schedule_id else s.schedule_id end,
      previous_schedule_id = case when s.state in ('active', 'paused') then s.previous_schedule_id end,
      previous_date = case when s.state in ('active', 'paused') then s.previous_date else ${dateHad} end,
      previous_after = case when s.state in ('active', 'paused') then s.previous_after end,
      sections = case when s.state in ('ended', 'pending') then excluded.sections else s.sections end
    returning id, subscriber_id as "subscriberId", state
  ), consent as (
    insert into consent_event (subscriber_id, list_id, kind, at, network, shown)
    select "subscriberId", "listId", 'requested', $2, evidence ->> 'network', evidence ->> 'shown' from wanted join wish using ("subscriberId")
  ), standing as (${takeChances('wish', '$2::timestamptz')})
  insert into outbox (kind, ids, posted_at, next_at)
  select case when not may or not coalesce(taken, true) then 'nothing' when state in ('pending', 'ended') or taken then 'confirmation' else 'already' end,
         jsonb_build_object('subscription', wanted.id::text, 'subscriber', "subscriberId"::text), $2, $2
    from wanted join wish using ("subscriberId") left join standing using (address)
  returning id`;
