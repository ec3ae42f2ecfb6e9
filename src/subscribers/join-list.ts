import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import { scheduleFor } from '../lists/schedules.js';
import { Queue } from '../queue/queue.js';
import { recordConsent, type Evidence } from './consent.js';
import { hoursBeforeFirstMorning } from './subscription.js';
import { welcomeQueue } from './welcome-queue.js';

interface Joining {
  listId: string;
  timeZone: string | null;
}

/**
 * Subscribes a reader to one more list, or again, by the link of their letters: `pending | ended → active`, or a new row. Only for an address
 * that has been confirmed: for any other the sign-up box is the way. A welcome follows. Safe to repeat.
 */
@Injectable()
export class JoinList {
  constructor(
    private readonly db: DataSource,
    private readonly queue: Queue,
  ) {}

  /** @returns false where there is no such list, or the address was never confirmed */
  run(subscriberId: string, slug: string, evidence: Evidence, now: Instant): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const joining = await one<Joining>(
        tx,
        `select l.id as "listId", nullif(r.time_zone, l.time_zone) as "timeZone" from subscriber r, list l
          where r.id = $1 and l.slug = $2 and l.archived_at is null
            and exists (select 1 from subscription s where s.subscriber_id = r.id and s.confirmed_at is not null)
            for update of r`,
        [subscriberId, slug],
      );
      if (!joining) return false;
      const { listId, timeZone } = joining;
      const scheduleId = await scheduleFor(tx, listId, { timeZone, localTime: null, weekdays: null }, now);
      const activated = await one<{ id: string }>(
        tx,
        `insert into subscription as s (subscriber_id, list_id, schedule_id, state, requested_at, confirmed_at, welcome_due_at, morning_from)
         values ($1, $2, $3, 'active', $4, $4, $4, $5)
         on conflict (subscriber_id, list_id) do update
           set state = 'active', requested_at = $4, confirmed_at = $4, welcome_due_at = $4, morning_from = $5, ended_at = null,
               consent_at = null, consent_source = null
         where s.state in ('pending', 'ended') returning id`,
        [subscriberId, listId, scheduleId, now, now.add({ hours: hoursBeforeFirstMorning })],
      );
      if (!activated) return true; // already
      await recordConsent(tx, { kind: 'confirmed', subscriberId, listId, evidence }, now);
      await this.queue.offer(welcomeQueue, activated.id, tx);
      return true;
    });
  }
}
