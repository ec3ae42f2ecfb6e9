import type { Instant } from '../../database/now.js';
import { sql, type Db } from '../../database/sql.js';
import { pollInterval, usualMinutes } from './poll-interval.js';

/** What a poll has learnt about the source itself. */
export interface Learnt {
  title: string;
  etag: string | null;
  lastModified: string | null;
  /** The address it has moved to for good. */
  movedTo: string | null;
}

/** The sample keeps its address, and no two sources share one. */
const movedTo = (value: string) =>
  `case when sample or exists (select 1 from source other where other.url = ${value}) then url else coalesce(${value}, url) end`;

/** The feed was read. `title` is kept as the publisher's name if there is none yet. */
export async function recordPolled(db: Db, id: string, learnt: Learnt, now: Instant): Promise<void> {
  await sql(
    db,
    `update source set polled_at = $2::timestamptz, interval_minutes = $3::integer, next_poll_at = $2::timestamptz + make_interval(mins => $3::integer),
            failures = 0, problem = null, title = case when title = '' then $4 else title end, etag = $5, last_modified = $6,
            url = ${movedTo('$7::text')}
      where id = $1`,
    [id, now, await intervalOf(db, id, now), learnt.title, learnt.etag, learnt.lastModified, learnt.movedTo],
  );
}

/** The feed is as it was. */
export async function recordUnchanged(db: Db, id: string, address: string | null, now: Instant): Promise<void> {
  await sql(
    db,
    `update source set polled_at = $2::timestamptz, interval_minutes = $3::integer, next_poll_at = $2::timestamptz + make_interval(mins => $3::integer),
            failures = 0, problem = null, url = ${movedTo('$4::text')}
      where id = $1`,
    [id, now, await intervalOf(db, id, now), address],
  );
}

/**
 * The feed could not be read: it waits twice as long each time, up to 6 hours, or as long as the server asks, up to a day.
 * Its validators are forgotten, so that the next poll gets it whole.
 */
export async function recordFailure(
  db: Db,
  id: string,
  problem: string,
  now: Instant,
  retryAfter: number | null = null,
): Promise<void> {
  await sql(
    db,
    `update source set polled_at = $2::timestamptz, failures = failures + 1, problem = $4, etag = null, last_modified = null,
            next_poll_at = $2::timestamptz + greatest(least(make_interval(secs => $5), interval '1 day'),
              least(make_interval(mins => $3) * power(2, least(failures + 1, 10)), interval '6 hours'))
      where id = $1`,
    [id, now, usualMinutes, problem.slice(0, 500), retryAfter ?? 0],
  );
}

/** The server says that the feed is no more (410). */
export async function recordGone(db: Db, id: string, now: Instant): Promise<void> {
  await sql(
    db,
    `update source set state = 'ended', polled_at = $2::timestamptz, problem = 'the server says the feed is gone for good (410)' where id = $1`,
    [id, now],
  );
}

async function intervalOf(db: Db, id: string, now: Instant): Promise<number> {
  const latest = await sql<{ published_at: Date }>(
    db,
    `select published_at from article where source_id = $1 order by first_seen_at desc limit 40`,
    [id],
  );
  return pollInterval(
    latest.map((row) => row.published_at),
    now,
  );
}
