import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { holdSchedules, readSchedule, scheduleFor } from '../lists/schedules.js';
import type { ScheduleChoice } from '../lists/stored-schedule.js';
import { recordConsent, type Evidence } from './consent.js';
import { readSubscription } from './read-subscription.js';
import { datesLetGo, handOver } from './regime.js';

/** What is to be other than it is; a part that is left out stays, null follows the list. */
export type ScheduleWish = Partial<ScheduleChoice>;

export type ScheduleChosen =
  | { kind: 'chosen' }
  | { kind: 'unknown' }
  /** There is nothing to bring letters any more. */
  | { kind: 'ended' }
  /** The list comes on none of the days that were chosen. */
  | { kind: 'no such day'; days: number[] };

/**
 * A reader chooses zone, hour and days of their letters. Today's letter, if it is still owed, comes in any case
 * (`handOver` says by which hour). Safe to repeat.
 */
@Injectable()
export class ChooseSchedule {
  constructor(private readonly db: DataSource) {}

  async run(
    subscriptionId: string,
    wish: ScheduleWish,
    evidence: Evidence,
    now: Instant,
    db: Db = this.db,
  ): Promise<ScheduleChosen> {
    return db.transaction(async (tx) => {
      await sql(tx, `select 1 from subscription where id = $1 for update`, [subscriptionId]);
      const subscription = await readSubscription(tx, subscriptionId);
      if (!subscription) return { kind: 'unknown' };
      const { regime, list, subscriberId } = subscription;
      if (subscription.state === 'ended' || list.archivedAt) return { kind: 'ended' };
      const choice = { ...regime.schedule.chosen, ...wish };
      if (wish.weekdays && !wish.weekdays.some((day) => list.weekdays.includes(day)))
        return { kind: 'no such day', days: list.weekdays };
      const scheduleId = await scheduleFor(tx, list.id, choice, now);
      if (scheduleId === regime.schedule.id) return { kind: 'chosen' };
      // A tick that is opening a date of theirs is waited for: read before it, the date would belong to nobody.
      await holdSchedules(tx, [
        scheduleId,
        regime.schedule.id,
        ...(regime.previous ? [regime.previous.schedule.id] : []),
      ]);
      const held = (await readSubscription(tx, subscriptionId))!.regime;
      const next = handOver(held, await readSchedule(tx, scheduleId), now);
      const { after, previous } = next;
      await one(
        tx,
        `update subscription set schedule_id = $2, previous_date = $3, previous_schedule_id = $4, previous_after = $5
          where id = $1 and state <> 'ended'`,
        [subscriptionId, scheduleId, after, previous?.schedule.id ?? null, previous?.after ?? null],
      );
      if (wish.timeZone)
        await sql(tx, `update subscriber set time_zone = $2 where id = $1`, [subscriberId, wish.timeZone]);
      const letGo = datesLetGo(held, next)
        .filter((date) => date >= (subscription.pausedUntil ?? ''))
        .join(' ');
      const detail = { schedule: JSON.stringify(choice), ...(letGo && { letGo }) };
      await recordConsent(tx, { kind: 'changed', subscriberId, listId: list.id, evidence, detail }, now);
      return { kind: 'chosen' };
    });
  }
}
