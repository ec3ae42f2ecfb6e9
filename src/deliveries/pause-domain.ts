import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';

const firstMinutes = 60;
const longestMinutes = 24 * 60;

/**
 * Nobody of a domain that refuses us is tried for an hour, doubling to a day. The pause doubles if the domain said so again within a day of the last one;
 * what it says while it is paused (letters already in hand) changes nothing.
 * @returns until when, if this reply began the pause
 */
export async function pauseDomain(db: Db, domain: string, reason: string, now: Instant): Promise<Instant | null> {
  const paused = await one<{ until: Date }>(
    db,
    `insert into recipient_domain as p (domain, paused_until, pauses, reason)
     values ($1, $2::timestamptz + make_interval(mins => $3), 1, $4)
     on conflict (domain) do update set
       pauses = case when p.paused_until > $2::timestamptz - interval '1 day' then least(p.pauses + 1, 20) else 1 end,
       paused_until = $2::timestamptz + make_interval(mins => case when p.paused_until > $2::timestamptz - interval '1 day'
                        then least($3::int * (2 ^ least(p.pauses, 20))::int, ${longestMinutes}) else $3::int end),
       reason = excluded.reason
     where p.paused_until <= $2::timestamptz
     returning paused_until as until`,
    [domain, now, firstMinutes, reason],
  );
  return paused ? paused.until.toTemporalInstant() : null;
}
