import type { Instant } from '../../database/now.js';
import { sql, type Db } from '../../database/sql.js';

/** Minutes between two polls of a source that is well; failing ones wait twice as long each time, up to 6 hours. */
export const intervalMinutes = 15;

export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

/** The feed was read. `title` is kept as the publisher's name if there is none yet. */
export async function recordPolled(
  db: Db,
  id: string,
  title: string,
  validators: Validators,
  now: Instant,
): Promise<void> {
  await sql(
    db,
    `update source set polled_at = $2::timestamptz, next_poll_at = $2::timestamptz + make_interval(mins => $3), failures = 0, problem = null,
            title = case when title = '' then $4 else title end, etag = $5, last_modified = $6
      where id = $1`,
    [id, now, intervalMinutes, title, validators.etag, validators.lastModified],
  );
}

/** The feed is as it was. */
export async function recordUnchanged(db: Db, id: string, now: Instant): Promise<void> {
  await sql(
    db,
    `update source set polled_at = $2::timestamptz, next_poll_at = $2::timestamptz + make_interval(mins => $3), failures = 0, problem = null where id = $1`,
    [id, now, intervalMinutes],
  );
}

/** The feed could not be read. Its validators are forgotten, so that the next poll gets it whole. */
export async function recordFailure(db: Db, id: string, problem: string, now: Instant): Promise<void> {
  await sql(
    db,
    `update source set polled_at = $2::timestamptz, failures = failures + 1, problem = $4, etag = null, last_modified = null,
            next_poll_at = $2::timestamptz + least(make_interval(mins => $3) * power(2, least(failures + 1, 10)), interval '6 hours')
      where id = $1`,
    [id, now, intervalMinutes, problem.slice(0, 500)],
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
