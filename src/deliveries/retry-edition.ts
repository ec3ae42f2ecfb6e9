import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { reopenEditions } from '../editions/change-edition-state.js';
import type { EditionState } from '../editions/edition.js';

export type Retried =
  { kind: 'retried'; count: number } | { kind: 'unknown' } | { kind: 'not allowed'; state: EditionState };

/** Refused for a cause that may be over; never `hard` or `full`, and never who is suppressed or left: arm sees to that. */
const mayBeOver = `d.exception = 'refused' and d.cause in ('unclear', 'policy', 'letter') and d.expires_at > $2`;
/** Nobody's fault but ours. The brief is still today's: it may go out late if an admin says so. */
const missedByUs = `d.exception = 'expired' and d.cause in ('transport', 'line', 'slow', 'sender')
  and d.local_date = ($2::timestamptz at time zone l.time_zone)::date`;

/** Once more to whom it failed, and to nobody else. Safe to repeat: what is queued is no longer refused. */
@Injectable()
export class RetryEdition {
  constructor(private readonly db: DataSource) {}

  async run(editionId: string, now: Instant): Promise<Retried> {
    return this.db.transaction(async (tx) => {
      const edition = await one<{ state: EditionState }>(tx, `select state from edition where id = $1 for update`, [
        editionId,
      ]);
      if (!edition) return { kind: 'unknown' };
      if (!['sending', 'paused', 'done'].includes(edition.state)) return { kind: 'not allowed', state: edition.state };
      const rows = await sql(
        tx,
        `update delivery d set state = 'queued', attempt = 0, next_at = $2, settled_at = null, token = null, worker = null,
                reason = 'tried again by an admin',
                expires_at = case when d.state = 'expired' then $2::timestamptz + make_interval(secs => l.fresh_for_seconds) else d.expires_at end
           from edition e join list l on l.id = e.list_id
          where e.id = $1 and d.edition_id = $1 and d.exception in ('refused', 'expired') and ((${mayBeOver}) or (${missedByUs}))
         returning d.id, open_slice(d)`,
        [editionId, now],
      );
      if (rows.length > 0) await reopenEditions(tx, [editionId]);
      return { kind: 'retried', count: rows.length };
    });
  }
}
