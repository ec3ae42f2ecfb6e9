import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { Queue, type QueueDefinition } from '../queue/queue.js';
import type { RawLetterParts } from './build-raw.js';

/** Letters wait in a few lanes, so that one which the relay keeps waiting holds up few others. */
export const lanes = 4;
export const laneOf = (outboxId: string): string => String(BigInt(outboxId) % BigInt(lanes));

const wakeAfterMs = 20;

/** Key: a lane. */
export const outboxQueue: QueueDefinition = { name: 'outbox', concurrency: lanes };

/** What a one-off letter is about: ids, never an address. */
export type LetterIds = Record<string, string>;

export const letterStates = ['queued', 'accepted', 'refused', 'dropped'] as const;

/** What is remembered of a one-off letter. */
export interface PostedLetter {
  kind: string;
  state: (typeof letterStates)[number];
  postedAt: Date;
  reply: string | null;
}

/** A finished letter but for what every letter has alike. */
export type OneOffLetter = Omit<RawLetterParts, 'messageId' | 'date'>;

/** Writes a letter when it is due, from what is true then. Null: nothing is to be said any more. */
export type LetterWriter = (ids: LetterIds, now: Instant) => Promise<OneOffLetter | null>;

/**
 * One-off letters (confirmations and the like), posted in the transaction that is their reason and sent at least
 * once. The stage that posts a kind registers its writer, so that this leaf needs to know no stage.
 */
@Injectable()
export class Outbox {
  private readonly writers = new Map<string, LetterWriter>([['nothing', () => Promise.resolve(null)]]);

  private readonly woken = new Set<string>();
  private waking: NodeJS.Timeout | undefined;

  constructor(private readonly queue: Queue) {}

  register(kind: string, writer: LetterWriter): void {
    this.writers.set(kind, writer);
  }

  writer(kind: string): LetterWriter {
    const writer = this.writers.get(kind);
    if (!writer) throw new Error(`Nobody writes letters of kind ${kind}.`);
    return writer;
  }

  /** When letters of a kind were posted to a subscriber since then. */
  async postedTo(db: Db, subscriberId: string, kind: string, since: Instant): Promise<Date[]> {
    const rows = await sql<{ at: Date }>(
      db,
      `select posted_at as at from outbox where ids ->> 'subscriber' = $1 and kind = $2 and posted_at > $3`,
      [subscriberId, kind, since],
    );
    return rows.map((row) => row.at);
  }

  /** The letters to a subscriber that are still remembered, newest first. */
  lettersTo(db: Db, subscriberId: string): Promise<PostedLetter[]> {
    return sql<PostedLetter>(
      db,
      `select kind, state, posted_at as "postedAt", reply from outbox where ids ->> 'subscriber' = $1 and kind <> 'nothing' order by id desc`,
      [subscriberId],
    );
  }

  /** Forgets them, and sends what is waiting to nobody. */
  async forgetLettersTo(tx: EntityManager, subscriberId: string): Promise<void> {
    await sql(tx, `delete from outbox where ids ->> 'subscriber' = $1`, [subscriberId]);
  }

  /** Forgets what was settled a week ago. */
  async forget(db: Db, now: Instant): Promise<void> {
    await sql(db, `delete from outbox where state <> 'queued' and settled_at < $1`, [now.subtract({ hours: 7 * 24 })]);
  }

  /** Wakes the workers for a letter that a statement of its own has posted; once for all that come within a moment. */
  wake(outboxId: string): void {
    this.woken.add(laneOf(outboxId));
    this.waking ??= setTimeout(() => this.offerWoken(), wakeAfterMs);
  }

  /** A lane that cannot be offered now is offered by the next tick. */
  private offerWoken(): void {
    this.waking = undefined;
    const offers = [...this.woken].map((lane) => this.queue.offer(outboxQueue, lane));
    this.woken.clear();
    void Promise.allSettled(offers);
  }

  /** Posts a letter: it goes out when, and only when, the transaction commits. */
  async post(tx: EntityManager, kind: string, ids: LetterIds, now: Instant): Promise<void> {
    this.writer(kind);
    const row = await one<{ id: string }>(
      tx,
      `insert into outbox (kind, ids, posted_at, next_at) values ($1, $2, $3, $3) returning id`,
      [kind, JSON.stringify(ids), now],
    );
    await this.queue.offer(outboxQueue, laneOf(row!.id), tx);
  }
}
