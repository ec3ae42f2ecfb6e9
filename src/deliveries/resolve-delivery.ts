import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import type { DeliveryState } from './delivery.js';
import { resendOne } from './resend-unknown.js';

export const resolutions = ['accepted', 'refused', 'resend'] as const;
export type Resolution = (typeof resolutions)[number];

export type Resolved =
  | { kind: 'resolved' }
  | { kind: 'no such delivery' }
  | { kind: 'not allowed'; state: DeliveryState; allowed: Resolution[] };

/** What became of a delivery of unknown outcome, by the word of an admin who has asked the relay or its log. */
@Injectable()
export class ResolveDelivery {
  constructor(private readonly db: DataSource) {}

  async run(id: string, outcome: Resolution, now: Instant): Promise<Resolved> {
    const done = outcome === 'resend' ? await resendOne(this.db, id, now) : await this.settle(id, outcome, now);
    if (done) return { kind: 'resolved' };
    const found = await one<{ state: DeliveryState }>(this.db, `select state from delivery where id = $1`, [id]);
    if (!found) return { kind: 'no such delivery' };
    // An unknown one that cannot be sent again is stale by now.
    return {
      kind: 'not allowed',
      state: found.state,
      allowed: found.state === 'unknown' ? ['accepted', 'refused'] : [],
    };
  }

  private async settle(id: string, outcome: 'accepted' | 'refused', now: Instant): Promise<boolean> {
    const row = await one(
      this.db,
      `update delivery d set state = $2, settled_at = $3, reason = 'resolved by an admin' where d.id = $1 and d.state = 'unknown'
       returning d.id, open_slice(d)`,
      [id, outcome, now],
    );
    return row !== undefined;
  }
}
