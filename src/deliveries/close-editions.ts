import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { moveEdition } from '../editions/change-edition-state.js';
import { openSlices } from './slice.js';
import { TendSlice } from './tend-slice.js';

/** Letters whose time has passed, those of cancelled editions, those of a letter that was withdrawn, and slices in which nothing waits. */
const overdue = `c.next_at is null or c.expires_at <= $1 or e.state = 'cancelled'
  or exists (select 1 from variant v where v.edition_id = c.edition_id and v.ended_at is not null)`;

/** Ends what is over: such letters, whether a worker is there or not, and editions with nothing left to send. */
@Injectable()
export class CloseEditions {
  constructor(
    private readonly db: DataSource,
    private readonly tendSlice: TendSlice,
  ) {}

  async run(now: Instant): Promise<void> {
    for (const slice of await openSlices(this.db, overdue, [now])) await this.tendSlice.run(slice, now);
    const sending = await sql<{ id: string }>(this.db, `select id from edition where state = 'sending'`);
    for (const { id } of sending) await this.closeOne(id, now);
  }

  /** `sending → done`, if nothing of it is left to send or in hand. */
  async closeOne(editionId: string, now: Instant): Promise<void> {
    const open = await one(this.db, `select 1 from slice where edition_id = $1 and counts is null limit 1`, [
      editionId,
    ]);
    if (!open) await moveEdition(this.db, editionId, ['sending'], 'done', now);
  }
}
