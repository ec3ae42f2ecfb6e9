import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Instant } from '../database/now.js';
import { weekdaysOf } from '../lists/schedule-choice.js';
import { ChangeSubscription } from './change-subscription.js';
import { ChooseSchedule } from './choose-schedule.js';
import type { Evidence } from './consent.js';
import { EndSubscription } from './end-subscription.js';
import { LeaveAll } from './leave-all.js';
import { readPause } from './preferences-form.js';
import { toldIn, type SubscriptionDetails } from './read-subscription.js';
import { SayGoodbye } from './say-goodbye.js';
import { leavingReasons, TellReason } from './tell-reason.js';
import { UndoLeaving } from './undo-leaving.js';

const text = z.string().max(1000).catch('');

/**
 * The fields of the unsubscribe page. What is not one of its other buttons leaves: so does a mail program's one-click post (RFC 8058),
 * and so does a form that came mangled, for whoever is here wants no letters.
 */
export const leavingFields = z.object({
  do: z.enum(['leave', 'leave all', 'undo', 'reason', 'weekdays', 'weekly', 'pause']).catch('leave'),
  reason: z.enum(leavingReasons).optional().catch(undefined),
  /** YYYY-MM-DD */
  until: text,
  /** Ids of what ended with it, as the page that said so holds them. */
  ended: text,
});

export type LeavingFields = z.output<typeof leavingFields>;

export type Left =
  | { kind: 'left'; ended: string[]; all: boolean; thanked: boolean }
  /** They stay: after an undo, less often, or after a pause. */
  | { kind: 'stayed'; how: 'undo' | 'save' | 'pause' }
  /** Nothing to change any more: the undo came too late, or the page was old. */
  | { kind: 'late' };

/** Does what was pressed on the unsubscribe page, at once. Each is safe to repeat. */
@Injectable()
export class Leaving {
  constructor(
    private readonly endSubscription: EndSubscription,
    private readonly leaveAll: LeaveAll,
    private readonly undoLeaving: UndoLeaving,
    private readonly tellReason: TellReason,
    private readonly chooseSchedule: ChooseSchedule,
    private readonly changeSubscription: ChangeSubscription,
    private readonly sayGoodbye: SayGoodbye,
  ) {}

  /** @param own ids of all subscriptions of this reader: nothing else is touched, whatever the fields say */
  async run(
    fields: LeavingFields,
    subscription: SubscriptionDetails,
    own: string[],
    evidence: Evidence,
    now: Instant,
  ): Promise<Left> {
    const { id, subscriberId } = subscription;
    const ended = fields.ended.split('-').filter((one) => own.includes(one));
    switch (fields.do) {
      case 'leave':
        if (await this.endSubscription.run(id, evidence, now)) await this.sayGoodbye.run(subscriberId, [id], now);
        return { kind: 'left', ended: [id], all: false, thanked: false };
      case 'leave all': {
        const gone = await this.leaveAll.run(subscriberId, evidence, now);
        await this.sayGoodbye.run(subscriberId, gone, now);
        return { kind: 'left', ended: [...new Set([id, ...gone])], all: true, thanked: false };
      }
      case 'reason':
        if (fields.reason) await this.tellReason.run(id, fields.reason, evidence, now);
        return { kind: 'left', ended, all: ended.length > 1, thanked: true };
      case 'undo':
        return this.undo(ended.length > 0 ? ended : [id], subscription, evidence, now);
      default:
        return this.stay(fields, subscription, evidence, now);
    }
  }

  private async undo(ids: string[], { state }: SubscriptionDetails, evidence: Evidence, now: Instant): Promise<Left> {
    let back = state === 'active';
    for (const id of ids) back = (await this.undoLeaving.run(id, evidence, now)) || back;
    return back ? { kind: 'stayed', how: 'undo' } : { kind: 'late' };
  }

  private async stay(
    fields: LeavingFields,
    subscription: SubscriptionDetails,
    evidence: Evidence,
    now: Instant,
  ): Promise<Left> {
    const { id, list } = subscription;
    if (fields.do === 'pause') {
      const pausedUntil = readPause(fields.until, toldIn(subscription), now);
      if (!pausedUntil) return { kind: 'late' };
      const paused = await this.changeSubscription.run(id, { state: 'paused', pausedUntil }, evidence, now);
      return paused.kind === 'changed' ? { kind: 'stayed', how: 'pause' } : { kind: 'late' };
    }
    const weekdays = weekdaysOf(fields.do === 'weekly' ? 'weekly' : 'weekdays', list.weekdays.at(-1)!);
    const chosen = await this.chooseSchedule.run(id, { weekdays }, evidence, now);
    return chosen.kind === 'chosen' ? { kind: 'stayed', how: 'save' } : { kind: 'late' };
  }
}
