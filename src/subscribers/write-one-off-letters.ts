import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import type { Letter } from '../letters/letter.js';
import { writeAlready } from '../letters/write-already.js';
import { writeConfirmation } from '../letters/write-confirmation.js';
import { writeGoodbye } from '../letters/write-goodbye.js';
import { writeWelcome } from '../letters/write-welcome.js';
import { moment } from '../locales/dates.js';
import { automaticHeaders, formSubHeader, replyTo } from '../mail/list-headers.js';
import { senderOf } from '../mail/mailbox.js';
import { Outbox, type LetterIds, type OneOffLetter } from '../mail/outbox.js';
import { Links } from './links.js';
import { originOf } from './origin.js';
import { nextMorning, readSubscription, toldIn, type SubscriptionDetails } from './read-subscription.js';

/** Writes the letters that this stage posts: each from what is true when it is sent, or not at all. */
@Injectable()
export class WriteOneOffLetters implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  onModuleInit(): void {
    this.outbox.register('confirmation', (ids) => this.confirmation(ids));
    this.outbox.register('already', (ids, now) => this.already(ids, now));
    this.outbox.register('goodbye', (ids) => this.goodbye(ids));
    this.outbox.register('welcome', (ids, now) => this.welcome(ids, now));
  }

  /** Carries no List-* header and nothing that a stranger typed. */
  private async confirmation(ids: LetterIds): Promise<OneOffLetter | null> {
    const subscription = await readSubscription(this.db, ids.subscription!);
    if (!subscription || hasLeftSince(subscription)) return null;
    const network = await this.askedFrom(subscription);
    const letter = await writeConfirmation({
      locale: subscription.locale,
      list: this.listOf(subscription),
      confirmUrl: this.links.confirm(subscription.id, subscription.requestedAt),
      requestedAt: moment(subscription.locale, subscription.requestedAt.toTemporalInstant(), toldIn(subscription)),
      network,
    });
    return this.addressed(subscription, letter, formSubHeader(network));
  }

  private async already(ids: LetterIds, now: Instant): Promise<OneOffLetter | null> {
    const subscription = await readSubscription(this.db, ids.subscription!);
    if (subscription?.state !== 'active' && subscription?.state !== 'paused') return null;
    const letter = await writeAlready({
      locale: subscription.locale,
      list: this.listOf(subscription),
      preferencesUrl: this.links.preferences(subscription.subscriberId),
      nextAt: nextMorning(subscription, now),
      origin: originOf(subscription, toldIn(subscription)),
    });
    return this.addressed(subscription, letter, {});
  }

  /** To whoever had confirmed, and whom nothing keeps from being written to. */
  private async goodbye(ids: LetterIds): Promise<OneOffLetter | null> {
    const subscription = await readSubscription(this.db, ids.subscription!);
    if (subscription?.state !== 'ended' || !(await this.mayBeWritten(subscription.id))) return null;
    const letter = await writeGoodbye({
      locale: subscription.locale,
      list: this.listOf(subscription),
      all: ids.all === 'yes',
      undoUrl: this.links.unsubscribe(subscription.id),
    });
    return this.addressed(subscription, letter, {});
  }

  private async mayBeWritten(subscriptionId: string): Promise<boolean> {
    const row = await one(
      this.db,
      `select 1 from subscription s join subscriber r on r.id = s.subscriber_id
        where s.id = $1 and s.confirmed_at is not null and not exists (select 1 from suppression x where x.address = r.address)`,
      [subscriptionId],
    );
    return row !== undefined;
  }

  /** For a reader who confirms while there is no edition to greet them with. */
  private async welcome(ids: LetterIds, now: Instant): Promise<OneOffLetter | null> {
    const subscription = await readSubscription(this.db, ids.subscription!);
    if (subscription?.state !== 'active') return null;
    const letter = await writeWelcome({
      locale: subscription.locale,
      list: this.listOf(subscription),
      nextAt: nextMorning(subscription, now),
      origin: originOf(subscription, toldIn(subscription)),
      preferencesUrl: this.links.preferences(subscription.subscriberId),
      unsubscribeUrl: this.links.unsubscribe(subscription.id),
    });
    return this.addressed(subscription, letter, {
      'List-Unsubscribe': `<${this.links.unsubscribe(subscription.id)}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  }

  private addressed(subscription: SubscriptionDetails, letter: Letter, headers: Record<string, string>): OneOffLetter {
    return {
      from: senderOf(subscription.list, this.config.MAIL_FROM),
      to: subscription.address,
      subject: letter.subject,
      html: letter.html,
      text: letter.text,
      headers: { ...headers, ...automaticHeaders(subscription.locale), ...replyTo(subscription.list) },
    };
  }

  private listOf({ list }: SubscriptionDetails) {
    const { name, tagline, postalAddress, brand } = list;
    return { name, tagline, postalAddress, brand, homeUrl: this.links.home() };
  }

  private async askedFrom(subscription: SubscriptionDetails): Promise<string | null> {
    const event = await one<{ network: string | null }>(
      this.db,
      `select network from consent_event where subscriber_id = $1 and list_id = $2 and kind = 'requested' order by id desc limit 1`,
      [subscription.subscriberId, subscription.list.id],
    );
    return event?.network ?? null;
  }
}

/** The reader has left after the last time that somebody asked. */
const hasLeftSince = ({ endedAt, requestedAt }: SubscriptionDetails): boolean =>
  endedAt !== null && endedAt >= requestedAt;
