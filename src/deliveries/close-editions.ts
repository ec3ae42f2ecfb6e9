import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { moveEdition } from '../editions/change-edition-state.js';

/** Ends what is over: letters whose time has passed, the letters of cancelled editions, and editions with nothing left to send. */
@Injectable()
export class CloseEditions {
  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    await sql(
      this.db,
      `update delivery set state = 'expired', reason = coalesce(reason, 'late'), settled_at = $1 where state = 'queued' and expires_at <= $1`,
      [now],
    );
    await sql(
      this.db,
      `update delivery d set state = 'cancelled', reason = 'the edition was cancelled', settled_at = $1
         from edition e where e.id = d.edition_id and e.state = 'cancelled' and d.state = 'queued'`,
      [now],
    );
    await sql(
      this.db,
      `update delivery d set state = 'cancelled', reason = 'its last story was withdrawn', settled_at = $1
         from variant v where v.ended_at is not null and d.edition_id = v.edition_id and d.variant_id = v.id and d.state = 'queued'`,
      [now],
    );
    const sending = await sql<{ id: string }>(this.db, `select id from edition where state = 'sending'`);
    for (const { id } of sending) await this.closeOne(id, now);
  }

  /** `sending → done`, if nothing of it is left to send or in hand. */
  async closeOne(editionId: string, now: Instant): Promise<void> {
    const open = await sql(
      this.db,
      `select 1 from delivery where edition_id = $1 and state in ('queued', 'armed') limit 1`,
      [editionId],
    );
    if (open.length === 0) await moveEdition(this.db, editionId, ['sending'], 'done', now);
  }
}
