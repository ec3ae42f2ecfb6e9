import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { hasAccepted } from './domain-evidence.js';

/** Letters that are at the relay already may be accepted yet, so the first pause only waits for their end. */
const firstMinutes = 5;
const secondMinutes = 60;
const longestMinutes = 24 * 60;

interface Pause {
  domain: string;
  reason: string;
  /** when the refusals began that it is for */
  since: Instant;
}

/**
 * Nobody of a domain that refuses us is tried for five minutes, then for an hour, doubling to a day. The pause is longer than the last one only if that was within a day
 * and the domain has accepted nobody since it began. Nothing happens while the domain rests: of several workers that ask for a pause one has it.
 * @returns until when, if this call began the pause
 */
export async function pauseDomain(db: Db, { domain, reason, since }: Pause, now: Instant): Promise<Instant | null> {
  const last = await readLast(db, domain, now);
  if (last?.rests || (await hasAccepted(db, domain, since, now))) return null;
  const again = last !== undefined && !(await hasAccepted(db, domain, last.at.toTemporalInstant(), now));
  const pauses = again ? last.pauses + 1 : 1;
  const paused = await one<{ until: Date }>(
    db,
    `insert into recipient_domain as p (domain, paused_at, paused_until, pauses, reason)
     values ($1, $2, $2::timestamptz + make_interval(mins => $3), $4, $5)
     on conflict (domain) do update
       set paused_at = excluded.paused_at, paused_until = excluded.paused_until, pauses = excluded.pauses, reason = excluded.reason
     where p.paused_until <= $2::timestamptz
     returning paused_until as until`,
    [domain, now, minutesOf(pauses), pauses, reason],
  );
  return paused?.until.toTemporalInstant() ?? null;
}

interface LastPause {
  at: Date;
  pauses: number;
  rests: boolean;
}

/** The last pause, if it is not over for more than a day. */
const readLast = (db: Db, domain: string, now: Instant): Promise<LastPause | undefined> =>
  one(
    db,
    `select paused_at as at, pauses, paused_until > $2::timestamptz as rests from recipient_domain
      where domain = $1 and paused_until > $2::timestamptz - interval '1 day'`,
    [domain, now],
  );

const minutesOf = (pauses: number): number =>
  pauses === 1 ? firstMinutes : Math.min(secondMinutes * 2 ** (pauses - 2), longestMinutes);
