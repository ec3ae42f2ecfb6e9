import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { ofSlice } from './slice.js';

const firstReaders = 5;
const leastTried = 20;
const share = 0.05;
const leastADay = 20;
const shareADay = 0.02;

/** Of the deliveries that were begun since an admin last let the edition go on: resuming it is the admin's word. */
const judged = `tried_at > coalesce((select resumed_at from edition where id = $1), '-infinity')`;
const said = `coalesce(enhanced_code, left(reply, 3))`;

/** A domain that refuses us for what we are (5.7.x) is one vote, however many readers it has: it rests by itself. */
const voter = `case when d.cause = 'policy' then split_part(r.address, '@', -1) else d.id::text end`;

/**
 * Whether so many readers of an edition are refused alike that it is likelier to be our fault than theirs: five of them
 * before anybody was accepted, or more than 5 % (five readers at least) once 20 were tried.
 * @returns why, in a sentence; null when all is well
 */
export async function whyTripped(db: Db, editionId: string): Promise<string | null> {
  const worst = await one<{ code: string; refused: number }>(
    db,
    `select ${said} as code, count(distinct ${voter})::int as refused
       from delivery d join subscription s on s.id = d.subscription_id join subscriber r on r.id = s.subscriber_id
      where d.edition_id = $1 and d.exception = 'refused' and ${judged} group by 1 order by 2 desc limit 1`,
    [editionId],
  );
  if (!worst || worst.refused < firstReaders) return null;
  const { accepted, tried } = await countTried(db, editionId);
  if (accepted === 0) return `the first ${worst.refused} readers were all refused with ${worst.code}`;
  if (tried < leastTried || worst.refused <= share * tried) return null;
  return `${worst.refused} of ${tried} readers were refused with ${worst.code}`;
}

async function countTried(db: Db, editionId: string): Promise<{ accepted: number; tried: number }> {
  const row = await one<{ accepted: number; tried: number }>(
    db,
    `select coalesce(sum(d.accepted), 0)::int as accepted, coalesce(sum(d.tried), 0)::int as tried
       from slice c cross join lateral
            (select count(*) filter (where state = 'accepted') as accepted, count(*) filter (where state in ('accepted', 'refused')) as tried
               from delivery where ${ofSlice} and ${judged}) d
      where c.edition_id = $1`,
    [editionId],
  );
  return row!;
}

/** How many addresses were suppressed for bounces in the last 24 hours. */
export async function suppressedToday(db: Db, now: Instant): Promise<number> {
  const row = await one<{ n: number }>(
    db,
    `select count(*)::int as n from suppression where reason = 'bounce' and created_at > $1::timestamptz - interval '1 day'`,
    [now],
  );
  return row!.n;
}

/** How many may be without an admin's word: 20, or 2 % of the active readers. */
export async function dailyMeasure(db: Db): Promise<number> {
  const row = await one<{ active: number }>(
    db,
    `select count(distinct subscriber_id)::int as active from subscription where state = 'active'`,
  );
  return Math.max(leastADay, Math.floor(shareADay * row!.active));
}
