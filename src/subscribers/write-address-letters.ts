import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { one } from '../database/sql.js';
import type { Letter } from '../letters/letter.js';
import { writeAddressChange, writeAddressChanged } from '../letters/write-address-change.js';
import { automaticHeaders, replyTo } from '../mail/list-headers.js';
import { senderOf } from '../mail/mailbox.js';
import { Outbox, type OneOffLetter } from '../mail/outbox.js';
import { Links } from './links.js';
import { readSubscriptionsOf, type SubscriptionDetails } from './read-subscription.js';

interface Change {
  subscriberId: string;
  oldAddress: string;
  newAddress: string;
  confirmed: boolean;
}

/** The letters about a change of address: one asks the new one, one tells the old one. */
@Injectable()
export class WriteAddressLetters implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  onModuleInit(): void {
    this.outbox.register('address', (ids) => this.ask(ids.change!));
    this.outbox.register('address changed', (ids) => this.tell(ids.change!));
  }

  private async ask(id: string): Promise<OneOffLetter | null> {
    const found = await this.find(id);
    if (!found || found.change.confirmed) return null;
    const { change, subscription } = found;
    const { locale } = subscription;
    const letter = await writeAddressChange({
      ...{ locale, list: this.listOf(subscription), confirmUrl: this.links.addressChange(id) },
    });
    return this.addressed(change.newAddress, subscription, letter);
  }

  private async tell(id: string): Promise<OneOffLetter | null> {
    const found = await this.find(id);
    if (!found) return null;
    const { change, subscription } = found;
    const preferencesUrl = this.links.preferences(change.subscriberId);
    const letter = await writeAddressChanged({
      ...{ locale: subscription.locale, list: this.listOf(subscription), preferencesUrl },
    });
    return this.addressed(change.oldAddress, subscription, letter);
  }

  /** The letters speak of the list that the reader gets, the oldest if there are several. */
  private async find(id: string): Promise<{ change: Change; subscription: SubscriptionDetails } | undefined> {
    const change = await one<Change>(
      this.db,
      `select subscriber_id as "subscriberId", old_address as "oldAddress", new_address as "newAddress", confirmed_at is not null as confirmed
         from address_change where id = $1`,
      [id],
    );
    const subscriptions = change ? await readSubscriptionsOf(this.db, change.subscriberId) : [];
    const subscription = subscriptions.find(({ state }) => state !== 'ended') ?? subscriptions[0];
    return change && subscription && { change, subscription };
  }

  private listOf({ list }: SubscriptionDetails) {
    const { name, tagline, postalAddress, brand } = list;
    return { name, tagline, postalAddress, brand, homeUrl: this.links.home() };
  }

  private addressed(to: string, { list, locale }: SubscriptionDetails, letter: Letter): OneOffLetter {
    const { subject, html, text } = letter;
    const headers = { ...automaticHeaders(locale), ...replyTo(list) };
    return { from: senderOf(list, this.config.MAIL_FROM), to, subject, html, text, headers };
  }
}
