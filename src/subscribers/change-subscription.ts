import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { recordConsent, type Evidence } from './consent.js';
import { EndSubscription } from './end-subscription.js';
import { allowedForAdmin, type SubscriptionState } from './subscription.js';

/** What can be done to a subscription by its reader, or by an admin in their name. Activating needs the reader's confirmation, or an attestation. */
/** `pausedUntil`: the first date of which letters come again, YYYY-MM-DD. */
export type SubscriptionChange = { state: 'paused'; pausedUntil: string } | { state: 'active' } | { state: 'ended' };

export type Changed =
  | { kind: 'changed' }
  | { kind: 'unknown' }
  | { kind: 'refused'; from: SubscriptionState; allowed: SubscriptionState[] };

@Injectable()
export class ChangeSubscription {
  constructor(
    private readonly db: DataSource,
    private readonly endSubscription: EndSubscription,
  ) {}

  async run(
    id: string,
    change: SubscriptionChange,
    evidence: Evidence,
    now: Instant,
    db: Db = this.db,
  ): Promise<Changed> {
    if (change.state === 'ended' && (await this.endSubscription.run(id, evidence, now, db))) return { kind: 'changed' };
    if (change.state !== 'ended' && (await this.move(id, change, evidence, now, db))) return { kind: 'changed' };
    const found = await one<{ state: SubscriptionState }>(db, `select state from subscription where id = $1`, [id]);
    if (!found) return { kind: 'unknown' };
    return { kind: 'refused', from: found.state, allowed: allowedForAdmin[found.state] };
  }

  private move(
    id: string,
    change: Exclude<SubscriptionChange, { state: 'ended' }>,
    evidence: Evidence,
    now: Instant,
    db: Db,
  ): Promise<boolean> {
    const pausedUntil = change.state === 'paused' ? change.pausedUntil : null;
    return db.transaction(async (tx) => {
      const moved = await one<{ subscriberId: string; listId: string }>(
        tx,
        `update subscription set state = $2, paused_until = $3, morning_from = case when $2 = 'active' then greatest(morning_from, $5) else morning_from end
          where id = $1 and state = any($4) returning subscriber_id as "subscriberId", list_id as "listId"`,
        [id, change.state, pausedUntil, change.state === 'paused' ? ['active', 'paused'] : ['paused'], now],
      );
      if (!moved) return false;
      const detail = { state: change.state, ...(pausedUntil && { until: pausedUntil }) };
      await recordConsent(tx, { kind: 'changed', ...moved, evidence, detail }, now);
      return true;
    });
  }
}
