import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { buildRaw, type RawLetterParts } from '../mail/build-raw.js';
import type { Mailbox } from '../mail/mailbox.js';
import { PreparedLetter } from '../mail/prepared-letter.js';
import type { Origin } from '../letters/why-line.js';
import { Links } from '../subscribers/links.js';
import { originOf } from '../subscribers/origin.js';
import { nextMorning, readSubscription } from '../subscribers/read-subscription.js';
import type { Attempt } from './attempt.js';
import { WriteEditionLetter, type NextLetter, type ReaderPart } from './write-edition-letter.js';

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
 * Gives each delivery its letter. A variant is rendered once and kept, once more for each source of consent that its readers came in by; a
 * reader's own parts (To, Message-ID, Date, the tokens in the links and the day in the line that says why) are filled into its bytes. A welcome tells each reader another hour, and is written for each.
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
    const reader = { links, origin: originOf(delivery, delivery.timeZone)! };
    if (delivery.kind === 'welcome') return this.build(delivery, reader, now);
    const { from, letter } = await this.preparedFor(delivery, reader, now);
    const { address: to, messageId } = delivery;
    const raw = letter.fill({ to, messageId, date: new Date(now.epochMilliseconds), words: wordsOf(reader) });
    return raw ? { from, raw } : this.build(delivery, reader, now);
  }

  private async build(delivery: Attempt, reader: Reader, now: Instant): Promise<FilledLetter> {
    const parts = await this.write(delivery, reader, await this.nextLetter(delivery, now), now);
    return { from: parts.from, raw: await buildRaw(parts) };
  }

  private async nextLetter(delivery: Attempt, now: Instant): Promise<NextLetter> {
    if (delivery.kind !== 'welcome') return () => null;
    const subscription = await readSubscription(this.db, delivery.subscriptionId);
    return (locale) => (subscription ? nextMorning({ ...subscription, locale }, now) : null);
  }

  private async preparedFor(delivery: Attempt, reader: Reader, now: Instant): Promise<Prepared> {
    const shapes = wordsOf(reader).map((word) => word.replace(/[^.]/g, 'a'));
    const { kind, ...source } = { ...reader.origin, on: '' };
    const key = JSON.stringify([delivery.editionId, delivery.variantId, delivery.kind, shapes, kind, source]);
    const found = this.kept.get(key);
    this.kept.delete(key);
    if (found && Temporal.Instant.compare(now, found.since.add({ seconds: goodForSeconds })) < 0) {
      this.kept.set(key, found); // what was used last goes last
      return found.made;
    }
    const made = this.prepare(delivery, reader, shapes, now);
    if (this.kept.size >= most) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(key, { since: now, made });
    made.catch(() => this.kept.delete(key)); // the next letter tries again
    return made;
  }

  private async prepare(
    delivery: Attempt,
    { links, origin }: Reader,
    shapes: string[],
    now: Instant,
  ): Promise<Prepared> {
    const boundary = randomBytes(12).toString('hex');
    let from: Mailbox | undefined;
    const letter = await PreparedLetter.prepare(shapes, async ([preferences, unsubscribe, on]) => {
      const blank = {
        links: {
          preferences: withToken(links.preferences, preferences!),
          unsubscribe: withToken(links.unsubscribe, unsubscribe!),
        },
        origin: { ...origin, on: on! },
      };
      const parts = await this.write(delivery, blank, () => null, now);
      from = parts.from;
      return buildRaw({ ...parts, to: 'reader@example.org', messageId: 'id@example.org', boundary });
    });
    return { from: from!, letter };
  }

  private async write(delivery: Attempt, reader: Reader, next: NextLetter, now: Instant): Promise<RawLetterParts> {
    const edition = { id: delivery.editionId, kind: delivery.kind };
    const { from, letter, headers } = await this.writeLetter.run(edition, delivery.variantId, reader, next);
    const date = new Date(now.epochMilliseconds);
    return { ...letter, from, to: delivery.address, headers, messageId: delivery.messageId, date };
  }
}

type Reader = ReaderPart & { origin: Origin };

const wordsOf = ({ links, origin }: Reader): string[] => [
  tokenOf(links.preferences),
  tokenOf(links.unsubscribe),
  origin.on,
];
const tokenOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1);
const withToken = (link: string, token: string): string => link.slice(0, link.lastIndexOf('/') + 1) + token;
