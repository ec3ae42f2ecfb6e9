import type { Instant } from '../database/now.js';
import { sql, type Db } from '../database/sql.js';
import { reopenEditions } from '../editions/change-edition-state.js';

/**
 * Sends deliveries of unknown outcome once more, under their old Message-ID: those of lists that say `resend once`, each
 * once and no more, while it is fresh.
 */
export async function resendUnknown(db: Db, now: Instant): Promise<number> {
  return resend(
    db,
    `d.resent_at is null and exists (
       select 1 from edition e join list l on l.id = e.list_id where e.id = d.edition_id and l.unknown_policy = 'resend once')`,
    now,
    [],
  );
}

/** The same for one delivery, whatever its list says: an admin's word. False: it is not unknown, or no longer fresh. */
export async function resendOne(db: Db, id: string, now: Instant): Promise<boolean> {
  return (await resend(db, `d.id = $2`, now, [id])) > 0;
}

async function resend(db: Db, which: string, now: Instant, values: unknown[]): Promise<number> {
  const rows = await sql<{ editionId: string }>(
    db,
    `update delivery d set state = 'queued', resent_at = $1, next_at = $1, token = null, worker = null, settled_at = null,
            reason = 'sent once more: ' || coalesce(reason, 'its outcome is unknown')
      where d.exception = 'unknown' and d.expires_at > $1 and ${which}
     returning d.edition_id as "editionId", open_slice(d)`,
    [now, ...values],
  );
  await reopenEditions(db, [...new Set(rows.map((row) => row.editionId))]);
  return rows.length;
}
