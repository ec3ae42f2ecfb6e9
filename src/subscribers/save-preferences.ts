import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import type { ScheduleChoice } from '../lists/stored-schedule.js';
import { parseAddress } from '../mail/address.js';
import { AskAddressChange } from './ask-address-change.js';
import { ChangeSubscription } from './change-subscription.js';
import { ChooseSchedule } from './choose-schedule.js';
import { ChooseSections } from './choose-sections.js';
import type { Evidence } from './consent.js';
import { EndSubscription } from './end-subscription.js';
import { JoinList } from './join-list.js';
import { LeaveAll } from './leave-all.js';
import {
  chosenSchedule,
  faultOfSections,
  readPause,
  type PreferencesFault,
  type PreferencesFields,
  type PreferencesSent,
} from './preferences-form.js';
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

/** @property list slug of the list whose fields are wrong */
export type PreferencesSaved = { kind: 'done' } | { kind: 'fault'; fault: PreferencesFault; list?: string };

const done: PreferencesSaved = { kind: 'done' };
const fault = (key: PreferencesFault) => ({ kind: 'fault' as const, fault: key });
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

  async run({ pressed: fields, lists }: PreferencesSent, asking: Asking): Promise<PreferencesSaved> {
    const { subscriberId, evidence, now } = asking;
    if (fields.do === 'save' && lists.size > 0) return this.everything([...lists.values()], fields, asking);
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
        return this.save(subscription, fields, evidence, now);
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

  private async save(
    subscription: SubscriptionDetails,
    fields: PreferencesFields,
    evidence: Evidence,
    now: Instant,
  ): Promise<PreferencesSaved> {
    const choice = readChoice(subscription, fields);
    if (typeof choice === 'string') return fault(choice);
    return this.db.transaction((tx) => this.choose(tx, choice, evidence, now));
  }

  /** The choices of every list on the page, and the language. Nothing is written unless all of them can be read. */
  private async everything(
    wanted: PreferencesFields[],
    { locale }: PreferencesFields,
    { subscriberId, evidence, now }: Asking,
  ): Promise<PreferencesSaved> {
    const subscriptions = await readSubscriptionsOf(this.db, subscriberId);
    const choices: Choice[] = [];
    for (const fields of wanted) {
      const subscription = subscriptions.find(({ list }) => list.slug === fields.list);
      if (!subscription) return stale;
      const choice = readChoice(subscription, fields);
      if (typeof choice === 'string') return { ...fault(choice), list: fields.list };
      choices.push(choice);
    }
    return this.db.transaction(async (tx) => {
      for (const choice of choices) {
        const saved = await this.choose(tx, choice, evidence, now);
        if (saved.kind === 'fault') return { ...saved, list: choice.subscription.list.slug };
      }
      if (locale) await sql(tx, `update subscriber set locale = $2 where id = $1`, [subscriberId, locale]);
      return done;
    });
  }

  private async choose(
    tx: EntityManager,
    { subscription, schedule, sections }: Choice,
    evidence: Evidence,
    now: Instant,
  ): Promise<PreferencesSaved> {
    const chosen = await this.chooseSchedule.run(subscription.id, schedule, evidence, now, tx);
    if (chosen.kind !== 'chosen') return chosen.kind === 'no such day' ? fault('error.form.day') : stale;
    const sectioned = await this.chooseSections.run(subscription.id, sections, evidence, now, tx);
    return sectioned.kind === 'chosen' ? done : stale;
  }
}

/** What a reader chose for one list. `sections` null: every section. */
interface Choice {
  subscription: SubscriptionDetails;
  schedule: ScheduleChoice;
  sections: string[] | null;
}

function readChoice(subscription: SubscriptionDetails, fields: PreferencesFields): Choice | PreferencesFault {
  const schedule = chosenSchedule(fields, subscription);
  if (typeof schedule === 'string') return schedule;
  const wrong = faultOfSections(fields.sections, subscription.list.sections);
  if (wrong) return wrong;
  return { subscription, schedule, sections: fields.sections.length > 0 ? fields.sections : null };
}

const changed = ({ kind }: { kind: string }): PreferencesSaved => (kind === 'changed' ? done : stale);
