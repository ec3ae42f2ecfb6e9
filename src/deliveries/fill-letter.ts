import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { buildRaw, type RawLetterParts } from '../mail/build-raw.js';
import type { Mailbox } from '../mail/mailbox.js';
import { PreparedLetter } from '../mail/prepared-letter.js';
import { Links } from '../subscribers/links.js';
import { nextMorning, readSubscription } from '../subscribers/read-subscription.js';
import type { Attempt } from './attempt.js';
import { WriteEditionLetter, type NextLetter, type ReaderLinks } from './write-edition-letter.js';

/** A letter's bytes, and who it comes from. */
export interface FilledLetter {
  from: Mailbox;
  raw: Buffer;
}

interface Prepared {
  from: Mailbox;
  letter: PreparedLetter;
}

/** A list's new name or address shows in its letters after this at the latest. */
const goodForSeconds = 60;
/** About 25 KB each. */
const most = 256;

/**
 * Gives each delivery its letter. A variant is rendered once and kept; a reader's own parts (To, Message-ID, Date and the
 * tokens in the links) are filled into its bytes. A welcome tells each reader another hour, and is written for each.
 */
@Injectable()
export class FillLetter {
  private readonly kept = new Map<string, { since: Instant; made: Promise<Prepared> }>();

  constructor(
    private readonly db: DataSource,
    private readonly links: Links,
    private readonly writeLetter: WriteEditionLetter,
  ) {}

  async run(delivery: Attempt, now: Instant): Promise<FilledLetter> {
    const links = {
      preferences: this.links.preferences(delivery.subscriberId),
      unsubscribe: this.links.unsubscribe(delivery.subscriptionId),
    };
    if (delivery.kind === 'welcome') return this.build(delivery, links, now);
    const { from, letter } = await this.preparedFor(delivery, links, now);
    const { address: to, messageId } = delivery;
    const words = [tokenOf(links.preferences), tokenOf(links.unsubscribe)];
    const raw = letter.fill({ to, messageId, date: new Date(now.epochMilliseconds), words });
    return raw ? { from, raw } : this.build(delivery, links, now);
  }

  private async build(delivery: Attempt, links: ReaderLinks, now: Instant): Promise<FilledLetter> {
    const parts = await this.write(delivery, links, await this.nextLetter(delivery, now), now);
    return { from: parts.from, raw: await buildRaw(parts) };
  }

  private async nextLetter(delivery: Attempt, now: Instant): Promise<NextLetter> {
    if (delivery.kind !== 'welcome') return () => null;
    const subscription = await readSubscription(this.db, delivery.subscriptionId);
    return (locale) => (subscription ? nextMorning({ ...subscription, locale }, now) : null);
  }

  private async preparedFor(delivery: Attempt, links: ReaderLinks, now: Instant): Promise<Prepared> {
    const shapes = [links.preferences, links.unsubscribe].map((link) => tokenOf(link).replace(/[^.]/g, 'a'));
    const key = [delivery.editionId, delivery.variantId, delivery.kind, ...shapes].join(' ');
    const found = this.kept.get(key);
    if (found && Temporal.Instant.compare(now, found.since.add({ seconds: goodForSeconds })) < 0) return found.made;
    const made = this.prepare(delivery, links, shapes, now);
    this.kept.delete(key);
    if (this.kept.size >= most) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(key, { since: now, made });
    made.catch(() => this.kept.delete(key)); // the next letter tries again
    return made;
  }

  private async prepare(delivery: Attempt, links: ReaderLinks, shapes: string[], now: Instant): Promise<Prepared> {
    const boundary = randomBytes(12).toString('hex');
    let from: Mailbox | undefined;
    const letter = await PreparedLetter.prepare(shapes, async ([preferences, unsubscribe]) => {
      const blank = {
        preferences: withToken(links.preferences, preferences!),
        unsubscribe: withToken(links.unsubscribe, unsubscribe!),
      };
      const parts = await this.write(delivery, blank, () => null, now);
      from = parts.from;
      return buildRaw({ ...parts, to: 'reader@example.org', messageId: 'id@example.org', boundary });
    });
    return { from: from!, letter };
  }

  private async write(delivery: Attempt, links: ReaderLinks, next: NextLetter, now: Instant): Promise<RawLetterParts> {
    const edition = { id: delivery.editionId, kind: delivery.kind };
    const { from, letter, headers } = await this.writeLetter.run(edition, delivery.variantId, links, next);
    const date = new Date(now.epochMilliseconds);
    return { ...letter, from, to: delivery.address, headers, messageId: delivery.messageId, date };
  }
}

const tokenOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1);
const withToken = (link: string, token: string): string => link.slice(0, link.lastIndexOf('/') + 1) + token;
