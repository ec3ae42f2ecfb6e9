import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import { recordConsent, type Evidence } from './consent.js';

/** Why readers leave, as the page lets them say it. */
export const leavingReasons = ['too often', 'not for me', 'never asked', 'other'] as const;
export type LeavingReason = (typeof leavingReasons)[number];

/** Keeps why a reader has left, if they care to say. Changes nothing else. */
@Injectable()
export class TellReason {
  constructor(private readonly db: DataSource) {}

  async run(subscriptionId: string, reason: LeavingReason, evidence: Evidence, now: Instant): Promise<void> {
    await this.db.transaction(async (tx) => {
      const left = await one<{ subscriberId: string; listId: string }>(
        tx,
        `select subscriber_id as "subscriberId", list_id as "listId" from subscription where id = $1 and state = 'ended' for share`,
        [subscriptionId],
      );
      if (left) await recordConsent(tx, { kind: 'changed', ...left, evidence, detail: { reason } }, now);
    });
  }
}
