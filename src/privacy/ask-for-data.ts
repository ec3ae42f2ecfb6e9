import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { writeMyData } from '../letters/write-my-data.js';
import { automaticHeaders, replyTo } from '../mail/list-headers.js';
import { senderOf } from '../mail/mailbox.js';
import { Outbox, type LetterIds, type OneOffLetter } from '../mail/outbox.js';
import { Links } from '../subscribers/links.js';
import { readSubscriptionsOf } from '../subscribers/read-subscription.js';
import { PrivacyLinks } from './privacy-links.js';

const kind = 'my data';

/**
 * Sends a reader the way to their data, to their own address: whoever holds a letter of theirs that was passed on can ask, and only the
 * reader gets the answer. Capped as confirmations are, and counted by itself.
 */
@Injectable()
export class AskForData implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly links: Links,
    private readonly privacyLinks: PrivacyLinks,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  onModuleInit(): void {
    this.outbox.register(kind, (ids, now) => this.write(ids, now));
  }

  async run(subscriberId: string, now: Instant): Promise<void> {
    await this.db.transaction(async (tx) => {
      const posted = await this.outbox.postedTo(tx, subscriberId, kind, now.subtract({ hours: 24 }));
      const pausedSince = now.subtract({ seconds: this.config.CONFIRMATION_PAUSE }).epochMilliseconds;
      const isWithin =
        posted.length < this.config.CONFIRMATIONS_PER_DAY && posted.every((at) => at.getTime() <= pausedSince);
      if (isWithin) await this.outbox.post(tx, kind, { subscriber: subscriberId }, now);
    });
  }

  private async write({ subscriber }: LetterIds, now: Instant): Promise<OneOffLetter | null> {
    const [subscription] = await readSubscriptionsOf(this.db, subscriber!);
    if (!subscription) return null;
    const { list, locale, address } = subscription;
    const letter = await writeMyData({
      locale,
      list: { ...list, homeUrl: this.links.home() },
      dataUrl: this.privacyLinks.data(subscriber!, now),
      eraseUrl: this.privacyLinks.erase(subscriber!, now),
    });
    return {
      ...{
        from: senderOf(list, this.config.MAIL_FROM),
        to: address,
        headers: { ...automaticHeaders(locale), ...replyTo(list) },
      },
      ...{ subject: letter.subject, html: letter.html, text: letter.text },
    };
  }
}
