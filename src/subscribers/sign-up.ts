import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import { scheduleFor } from '../lists/schedules.js';
import type { ScheduleChoice } from '../lists/stored-schedule.js';
import type { List } from '../lists/list.entity.js';
import type { Locale } from '../locales/messages.js';
import { Outbox } from '../mail/outbox.js';
import { Suppressions } from '../suppressions/suppressions.js';
import { recordConsent } from './consent.js';
import type { SubscriptionState } from './subscription.js';

/** A request to be subscribed; the address is normalised. */
export interface SignUpRequest {
  address: string;
  list: List;
  locale: Locale;
  /** The reader's zone, as far as we know it. */
  timeZone: string | null;
  /** When they want their letters. */
  schedule: ScheduleChoice;
  /** Null: every section. */
  sections: string[] | null;
  network: string | null;
  /** False: the caps of its mail domain are reached, no letter goes there. */
  mayWrite: boolean;
  shown: string;
}

interface Requested {
  subscriptionId: string;
  subscriberId: string;
  state: SubscriptionState;
}

/**
 * Takes a sign-up. Whatever is known of the address, the caller learns nothing: new, pending, active and suppressed
 * addresses go through the same statements and end without an outcome. What differs is the letter, if any.
 */
@Injectable()
export class SignUp {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly suppressions: Suppressions,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(request: SignUpRequest, now: Instant): Promise<void> {
    await this.db.transaction(async (tx) => {
      const requested = await this.request(tx, request, now);
      await recordConsent(
        tx,
        { ...request, kind: 'requested', subscriberId: requested.subscriberId, listId: request.list.id },
        now,
      );
      const withinCaps = (await this.isWithinCaps(tx, requested, now)) && request.mayWrite;
      const chance = await this.suppressions.chance(tx, request.address, withinCaps, now);
      const kind = withinCaps ? letterFor(requested.state, chance) : 'nothing';
      await this.outbox.post(
        tx,
        kind,
        { subscription: requested.subscriptionId, subscriber: requested.subscriberId },
        now,
      );
    });
  }

  /** Makes or finds subscriber and subscription. The upsert locks the subscriber's row: two posts at once come one after the other. */
  private async request(tx: EntityManager, request: SignUpRequest, now: Instant): Promise<Requested> {
    const { list } = request;
    const subscriber = await one<{ id: string }>(
      tx,
      `insert into subscriber (address, locale, time_zone, created_at) values ($1, $2, $3, $4)
       on conflict (address) do update set address = excluded.address returning id`,
      [request.address, request.locale, request.timeZone, now],
    );
    const subscription = await one<{ id: string; state: SubscriptionState }>(
      tx,
      `insert into subscription as s (subscriber_id, list_id, schedule_id, state, sections, requested_at)
       values ($1, $2, $3, 'pending', $4, $5)
       on conflict (subscriber_id, list_id) do update set
         state = case s.state when 'ended' then 'pending' else s.state end,
         requested_at = case when s.state in ('ended', 'pending') then excluded.requested_at else s.requested_at end,
         schedule_id = case when s.state in ('ended', 'pending') then excluded.schedule_id else s.schedule_id end,
         previous_schedule_id = case when s.state in ('active', 'paused') then s.previous_schedule_id end,
         previous_date = case when s.state in ('active', 'paused') then s.previous_date end,
         sections = case when s.state in ('ended', 'pending') then excluded.sections else s.sections end,
         ended_at = null
       returning id, state`,
      [subscriber!.id, list.id, await scheduleFor(tx, list.id, request.schedule, now), request.sections, now],
    );
    return { subscriptionId: subscription!.id, subscriberId: subscriber!.id, state: subscription!.state };
  }

  /** Caps on letters to one address, whatever the list: against bombing somebody with confirmations. */
  private async isWithinCaps(tx: EntityManager, { subscriberId }: Requested, now: Instant): Promise<boolean> {
    const posted = await this.outbox.postedTo(tx, subscriberId, now.subtract({ hours: 24 }));
    const pausedSince = now.subtract({ seconds: this.config.CONFIRMATION_PAUSE }).epochMilliseconds;
    return posted.length < this.config.CONFIRMATIONS_PER_DAY && posted.every((at) => at.getTime() <= pausedSince);
  }
}

/** `nothing` is posted like any other letter and written by nobody, so that the work is the same. */
function letterFor(
  state: SubscriptionState,
  chance: 'clear' | 'chance' | 'no',
): 'confirmation' | 'already' | 'nothing' {
  if (chance === 'no') return 'nothing';
  return state === 'pending' || chance === 'chance' ? 'confirmation' : 'already';
}
