import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { resendUnknown } from './resend-unknown.js';
import { openSlices } from './slice.js';
import { TendSlice } from './tend-slice.js';
import { isDead } from './worker-identity.js';

/** Looks after what dead workers have left, and sends what is of unknown outcome once more where the list says so. */
@Injectable()
export class Reconcile {
  private readonly log = new Logger('Deliveries');

  constructor(
    private readonly db: DataSource,
    private readonly tendSlice: TendSlice,
  ) {}

  async run(now: Instant): Promise<void> {
    const dead = await sql<{ id: string }>(this.db, `select w.id from worker w where ${isDead}`);
    if (dead.length > 0)
      await this.lookAfter(
        dead.map(({ id }) => id),
        now,
      );
    const resent = await resendUnknown(this.db, now);
    if (resent > 0) this.log.warn(`${resent} deliveries of unknown outcome are sent once more.`);
  }

  private async lookAfter(dead: string[], now: Instant): Promise<void> {
    for (const slice of await openSlices(this.db, 'true')) await this.tendSlice.run(slice, now);
    await sql(this.db, `delete from worker w where w.id = any($1) and ${isDead}`, [dead]);
  }
}
