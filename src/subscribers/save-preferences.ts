import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { parseAddress } from '../mail/address.js';
import { AskAddressChange } from './ask-address-change.js';
import { ChangeSubscription } from './change-subscription.js';
import { ChooseSchedule } from './choose-schedule.js';
import { ChooseSections } from './choose-sections.js';
import type { Evidence } from './consent.js';
import { EndSubscription } from './end-subscription.js';
import { JoinList } from './join-list.js';
import { LeaveAll } from './leave-all.js';
import { chosenSchedule, readPause, type PreferencesFault, type PreferencesFields } from './preferences-form.js';
import { readSubscriptionsOf, toldIn, type SubscriptionDetails } from './read-subscription.js';
import { SayGoodbye } from './say-goodbye.js';
import { UndoLeaving } from './undo-leaving.js';

/** Who asks, and from where. */
export interface Asking {
  subscriberId: string;
  address: string;
  evidence: Evidence;
  now: Instant;
}

export type PreferencesSaved = { kind: 'done' } | { kind: 'fault'; fault: PreferencesFault };

const done: PreferencesSaved = { kind: 'done' };
const fault = (key: PreferencesFault): PreferencesSaved => ({ kind: 'fault', fault: key });
/** The page was older than what it changes, or its form was made up: the page that answers shows how things are. */
const stale = fault('error.form.stale');

/** Does what one form of the preferences page asks for, at once. Each is safe to repeat. */
@Injectable()
export class SavePreferences {
  constructor(
    private readonly db: DataSource,
    private readonly chooseSchedule: ChooseSchedule,
    private readonly chooseSections: ChooseSections,
    private readonly changeSubscription: ChangeSubscription,
    private readonly endSubscription: EndSubscription,
    private readonly undoLeaving: UndoLeaving,
    private readonly leaveAll: LeaveAll,
    private readonly joinList: JoinList,
    private readonly askAddressChange: AskAddressChange,
    private readonly sayGoodbye: SayGoodbye,
  ) {}

  async run(fields: PreferencesFields, asking: Asking): Promise<PreferencesSaved> {
    const { subscriberId, evidence, now } = asking;
    if (fields.do === 'language') return this.language(fields, subscriberId);
    if (fields.do === 'address') return this.address(fields.email, asking);
    if (fields.do === 'leave all') return this.leaveEverything(asking);
    if (fields.do === 'join') return (await this.joinList.run(subscriberId, fields.list, evidence, now)) ? done : stale;
    const subscriptions = await readSubscriptionsOf(this.db, subscriberId);
    const subscription = subscriptions.find(({ list }) => list.slug === fields.list);
    return subscription ? this.change(subscription, fields, asking) : stale;
  }

  private async address(typed: string, { subscriberId, address, now }: Asking): Promise<PreferencesSaved> {
    const parsed = parseAddress(typed);
    if (parsed.kind === 'fault') return fault(`error.address.${parsed.fault}`);
    if (parsed.address === address) return fault('error.form.sameAddress');
    await this.askAddressChange.run(subscriberId, parsed.address, now);
    return done;
  }

  private async leaveEverything({ subscriberId, evidence, now }: Asking): Promise<PreferencesSaved> {
    const ended = await this.leaveAll.run(subscriberId, evidence, now);
    await this.sayGoodbye.run(subscriberId, ended, now);
    return done;
  }

  private async language({ locale }: PreferencesFields, subscriberId: string): Promise<PreferencesSaved> {
    if (!locale) return stale;
    await sql(this.db, `update subscriber set locale = $2 where id = $1`, [subscriberId, locale]);
    return done;
  }

  private async change(
    subscription: SubscriptionDetails,
    fields: PreferencesFields,
    { evidence, now }: Asking,
  ): Promise<PreferencesSaved> {
    const { id } = subscription;
    switch (fields.do) {
      case 'save':
        return this.choose(subscription, fields, evidence, now);
      case 'pause': {
        const pausedUntil = readPause(fields.until, toldIn(subscription), now);
        if (!pausedUntil) return fault('error.form.until');
        const change = { state: 'paused', pausedUntil } as const;
        return changed(await this.changeSubscription.run(id, change, evidence, now));
      }
      case 'resume':
        if (subscription.state === 'active') return done;
        return changed(await this.changeSubscription.run(id, { state: 'active' }, evidence, now));
      case 'leave':
        if (await this.endSubscription.run(id, evidence, now))
          await this.sayGoodbye.run(subscription.subscriberId, [id], now);
        return done;
      case 'undo':
        return (await this.undoLeaving.run(id, evidence, now)) || subscription.state === 'active' ? done : stale;
      default:
        return stale;
    }
  }

  private async choose(
    subscription: SubscriptionDetails,
    fields: PreferencesFields,
    evidence: Evidence,
    now: Instant,
  ): Promise<PreferencesSaved> {
    const schedule = chosenSchedule(fields, subscription);
    if (typeof schedule === 'string') return fault(schedule);
    const unknown = fields.sections.filter((section) => !subscription.list.sections.includes(section));
    if (unknown.length > 0) return fault('error.form.sections');
    return this.db.transaction(async (tx) => {
      const chosen = await this.chooseSchedule.run(subscription.id, schedule, evidence, now, tx);
      if (chosen.kind !== 'chosen') return chosen.kind === 'no such day' ? fault('error.form.day') : stale;
      const sections = fields.sections.length > 0 ? fields.sections : null;
      const sectioned = await this.chooseSections.run(subscription.id, sections, evidence, now, tx);
      return sectioned.kind === 'chosen' ? done : stale;
    });
  }
}

const changed = ({ kind }: { kind: string }): PreferencesSaved => (kind === 'changed' ? done : stale);
