import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import { locks, takeLockOf } from '../database/locks.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { VariantComposer } from '../editions/compose-variants.js';
import { LatestEdition } from '../editions/latest-edition.js';
import { readEdition } from '../editions/read-edition.js';
import { domainOf } from '../mail/address.js';
import { senderOf } from '../mail/mailbox.js';
import { messageId } from '../mail/message-id.js';
import { Outbox } from '../mail/outbox.js';
import { Queue } from '../queue/queue.js';
import { welcomeQueue } from '../subscribers/welcome-queue.js';
import { readerMemory } from './reader-memory.js';
import { cutSlices } from './slice.js';
import { sliceKey, sliceQueue } from './slice-queue.js';

interface NewReader {
  subscriptionId: string;
  subscriberId: string;
  name: string;
  mailFrom: string | null;
  locale: string;
  sections: string[] | null;
  memory: string[];
}

/** Waiting: confirmed within a day, and nothing of ours has gone their way since. */
const waiting = `
  s.state = 'active' and s.welcome_due_at > $1::timestamptz - interval '1 day'
  and not exists (select 1 from delivery d where d.subscription_id = s.id and d.planned_at >= s.welcome_due_at)
  and not exists (select 1 from outbox o where o.kind = 'welcome' and o.ids ->> 'subscriber' = s.subscriber_id::text
                     and o.ids ->> 'subscription' = s.id::text and o.posted_at >= s.welcome_due_at)`;

/**
 * Greets a reader who has just confirmed with the list's latest edition, through the ledger: so it counts as had, and
 * no second one follows. Where there is nothing to send yet, a letter without stories says when the first one comes.
 */
@Injectable()
export class SendWelcomes implements OnApplicationBootstrap {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly outbox: Outbox,
    private readonly latestEdition: LatestEdition,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.ROLES.includes('worker'))
      await this.queue.work(welcomeQueue, async (id) => this.run(id, await this.clock.now()));
  }

  /** Offers again whoever a lost job has left without a welcome. */
  async offer(now: Instant): Promise<void> {
    const forgotten = await sql<{ id: string }>(
      this.db,
      `select s.id from subscription s where ${waiting} limit 1000`,
      [now],
    );
    for (const { id } of forgotten) await this.queue.offer(welcomeQueue, id);
  }

  /** Safe to repeat, and on two machines at once. */
  async run(subscriptionId: string, now: Instant): Promise<void> {
    const waits = await one<{ listId: string }>(
      this.db,
      `select s.list_id as "listId" from subscription s where s.id = $2 and ${waiting}`,
      [now, subscriptionId],
    );
    if (!waits) return;
    const editionId = await this.latestEdition.run(waits.listId, now);
    await this.db.transaction(async (tx) => {
      await takeLockOf(tx, locks.ofOne.welcome, subscriptionId);
      const reader = await readNewReader(tx, subscriptionId, now);
      if (!reader) return;
      if (editionId && (await this.plan(tx, reader, editionId, now))) return;
      await this.outbox.post(tx, 'welcome', { subscription: subscriptionId, subscriber: reader.subscriberId }, now);
    });
  }

  /** @returns false when this edition holds nothing for the reader, or they have had it */
  private async plan(tx: EntityManager, reader: NewReader, editionId: string, now: Instant): Promise<boolean> {
    const edition = (await readEdition(tx, editionId))!;
    const composer = await VariantComposer.open(
      tx,
      edition,
      edition.composedAt!.toTemporalInstant(),
      this.config.PUBLIC_URL,
    );
    const variantId = await composer.compose({ ...reader, since: null }, 1);
    if (!variantId) return false;
    const domain = domainOf(senderOf(reader, this.config.MAIL_FROM).address);
    const expiresAt = now.add({ hours: 24 });
    const planned = await one<{ id: string }>(
      tx,
      `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
       values ($1, $2, $3, 'welcome', $4, 'queued', $5, $6, $7, $5) on conflict do nothing returning id`,
      [
        ...[editionId, reader.subscriptionId, variantId, edition.localDate, now, expiresAt],
        messageId(domain, `e${editionId}`, `s${reader.subscriptionId}`, 'welcome'),
      ],
    );
    if (!planned) return false;
    const slice = { editionId, firstId: planned.id, lastId: planned.id };
    await cutSlices(tx, slice, now, expiresAt);
    await this.queue.offer(sliceQueue, sliceKey(slice), tx);
    return true;
  }
}

function readNewReader(tx: EntityManager, subscriptionId: string, now: Instant): Promise<NewReader | undefined> {
  return one<NewReader>(
    tx,
    `select s.id as "subscriptionId", s.subscriber_id as "subscriberId", l.name, l.mail_from as "mailFrom", r.locale,
            s.sections, m.memory::text[] as memory
       from subscription s join subscriber r on r.id = s.subscriber_id join list l on l.id = s.list_id ${readerMemory('$1')}
      where s.id = $2 and ${waiting}`,
    [now, subscriptionId],
  );
}
