import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';

const firstReaders = 5;
const leastTried = 20;
const share = 0.05;
const leastADay = 20;
const shareADay = 0.02;

/** Of the deliveries that were begun since an admin last let the edition go on: resuming it is the admin's word. */
const judged = `d.edition_id = e.id and d.tried_at > coalesce(e.resumed_at, '-infinity')`;
const said = `coalesce(d.enhanced_code, left(d.reply, 3))`;

/**
 * Whether so many readers of an edition are refused alike that it is likelier to be our fault than theirs: five of them
 * before anybody was accepted, or more than 5 % (five readers at least) once 20 were tried.
 * @returns why, in a sentence; null when all is well
 */
export async function whyTripped(db: Db, editionId: string): Promise<string | null> {
  const worst = await one<{ code: string; refused: number; accepted: boolean }>(
    db,
    `select ${said} as code, count(*)::int as refused,
            exists (select 1 from delivery d join edition e on e.id = d.edition_id where e.id = $1 and d.state = 'accepted' and ${judged}) as accepted
       from delivery d join edition e on e.id = d.edition_id
      where e.id = $1 and d.exception = 'refused' and ${judged} group by 1 order by 2 desc limit 1`,
    [editionId],
  );
  if (!worst || worst.refused < firstReaders) return null;
  if (!worst.accepted) return `the first ${worst.refused} readers were all refused with ${worst.code}`;
  const { tried } = (await one<{ tried: number }>(
    db,
    `select count(*)::int as tried from delivery d join edition e on e.id = d.edition_id
      where e.id = $1 and d.state in ('accepted', 'refused') and ${judged}`,
    [editionId],
  ))!;
  if (tried < leastTried || worst.refused <= share * tried) return null;
  return `${worst.refused} of ${tried} readers were refused with ${worst.code}`;
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
