import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import { recordConsent, type Evidence } from './consent.js';
import { minutesToUndo } from './subscription.js';

/** Takes a leaving back, on the page that said it: `ended → active`, for an hour, for a reader who had confirmed. Safe to repeat. */
@Injectable()
export class UndoLeaving {
  constructor(private readonly db: DataSource) {}

  /** @returns false when there is nothing to take back, or no longer: then the sign-up box is the way */
  run(subscriptionId: string, evidence: Evidence, now: Instant): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const active = await one<{ subscriberId: string; listId: string }>(
        tx,
        `update subscription s set state = 'active', ended_at = null
          where id = $1 and state = 'ended' and ended_at > $2 and confirmed_at is not null and morning_from is not null
            and exists (select 1 from list l where l.id = s.list_id and l.archived_at is null)
         returning subscriber_id as "subscriberId", list_id as "listId"`,
        [subscriptionId, now.subtract({ minutes: minutesToUndo })],
      );
      if (active) await recordConsent(tx, { kind: 'changed', ...active, evidence, detail: { state: 'active' } }, now);
      return active !== undefined;
    });
  }
}
