import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { recordConsent, type Evidence } from './consent.js';
import { isStanding } from './subscription.js';

/** Ends a subscription, effective for the very next letter: arm asks for it. Of one that was left and asked for again it ends the asking. Safe to repeat. */
@Injectable()
export class EndSubscription {
  constructor(private readonly db: DataSource) {}

  /** @returns false when it had ended before */
  run(subscriptionId: string, evidence: Evidence, now: Instant, db: Db = this.db): Promise<boolean> {
    return db.transaction(async (tx) => {
      const ended = await one<{ subscriberId: string; listId: string }>(
        tx,
        `update subscription set state = 'ended', ended_at = $2, paused_until = null
          where id = $1 and ${isStanding} returning subscriber_id as "subscriberId", list_id as "listId"`,
        [subscriptionId, now],
      );
      if (ended) await recordConsent(tx, { kind: 'ended', ...ended, evidence }, now);
      return ended !== undefined;
    });
  }
}
