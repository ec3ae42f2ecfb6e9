import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { warmTemplates } from '../letters/compile-template.js';
import { Queue } from '../queue/queue.js';
import { domainOf } from './address.js';
import { buildRaw } from './build-raw.js';
import { lanes, Outbox, outboxQueue, type LetterIds } from './outbox.js';
import { Channels } from './channels.js';
import { messageId } from './message-id.js';
import { wasAccepted, type SmtpOutcome } from './smtp-outcome.js';

interface OutboxRow {
  id: string;
  kind: string;
  ids: LetterIds;
  attempt: number;
  ageSeconds: number;
}

const batchRows = 20;
const giveUpAfterSeconds = 24 * 3600;

/** Sends the one-off letters that wait. At least once: a crash between the relay's 250 and our note repeats a letter. */
@Injectable()
export class SendOutbox implements OnApplicationBootstrap {
  private readonly log = new Logger('Outbox');

  constructor(
    private readonly db: DataSource,
    private readonly queue: Queue,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly channels: Channels,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.ROLES.includes('worker')) return;
    await this.queue.work(outboxQueue, (lane, signal) => this.run(lane, signal));
    // The first letter of a process waits a second or more for mjml: better now than when a reader waits for it.
    warmTemplates().catch((error: unknown) => this.log.error(`Templates: ${String(error)}`));
  }

  /** Offers the work again when letters wait: a lost job, or a retry whose time has come. */
  async offer(now: Instant): Promise<void> {
    const waiting = await sql<{ lane: string }>(
      this.db,
      `select distinct (id % ${lanes})::text as lane from outbox where state = 'queued' and next_at <= $1`,
      [now],
    );
    for (const { lane } of waiting) await this.queue.offer(outboxQueue, lane);
  }

  async run(lane: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = await this.clock.now();
      const rows = await this.take(lane, now);
      if (rows.length === 0) return;
      await Promise.all(rows.map((row) => this.send(row, now)));
    }
  }

  /** Takes a batch in hand for two minutes, after which another worker may have it. */
  private take(lane: string, now: Instant): Promise<OutboxRow[]> {
    return sql<OutboxRow>(
      this.db,
      `update outbox set attempt = attempt + 1, next_at = $1::timestamptz + interval '2 minutes'
        where id in (select id from outbox where state = 'queued' and id % ${lanes} = $2 and next_at <= $1::timestamptz and at_home() order by next_at limit ${batchRows} for update skip locked)
       returning id, kind, ids, attempt, extract(epoch from $1::timestamptz - posted_at)::float as "ageSeconds"`,
      [now, lane],
    );
  }

  private async send(row: OutboxRow, now: Instant): Promise<void> {
    try {
      const letter = await this.outbox.writer(row.kind)(row.ids, now);
      if (!letter) return await this.settle(row, 'dropped', 'nothing to say any more');
      const raw = await buildRaw({
        ...letter,
        messageId: messageId(domainOf(letter.from.address), `o${row.id}`, row.kind),
        date: new Date(now.epochMilliseconds),
      });
      await this.note(row, await this.channels.send({ from: letter.from.address, to: letter.to }, raw), now);
    } catch (error) {
      this.log.error(`Letter ${row.id} (${row.kind}) could not be written: ${String(error)}`);
      await this.retry(row, 'it could not be written', now);
    }
  }

  private async note(row: OutboxRow, outcome: SmtpOutcome, now: Instant): Promise<void> {
    if (wasAccepted(outcome)) return this.settle(row, 'accepted', 'text' in outcome ? outcome.text : '');
    if (outcome.kind === 'reply' && outcome.code >= 500 && outcome.phase !== 'sender') {
      this.log.warn(`Letter ${row.id} (${row.kind}) is refused: ${outcome.text}`);
      return this.settle(row, 'refused', outcome.text);
    }
    await this.retry(row, describe(outcome), now);
  }

  private async retry(row: OutboxRow, reply: string, now: Instant): Promise<void> {
    this.log.warn(`Letter ${row.id} (${row.kind}) waits: ${reply}`);
    if (row.ageSeconds > giveUpAfterSeconds) return this.settle(row, 'dropped', `given up after a day: ${reply}`);
    const pauseSeconds = Math.min(5 * 2 ** (row.attempt - 1), 900);
    await sql(this.db, `update outbox set next_at = $2, reply = $3 where id = $1 and state = 'queued'`, [
      row.id,
      now.add({ seconds: pauseSeconds }),
      reply,
    ]);
  }

  private async settle(row: OutboxRow, state: 'accepted' | 'refused' | 'dropped', reply: string): Promise<void> {
    const now = await this.clock.now();
    await sql(this.db, `update outbox set state = $2, reply = $3, settled_at = $4 where id = $1 and state = 'queued'`, [
      row.id,
      state,
      reply,
      now,
    ]);
  }
}

function describe(outcome: SmtpOutcome): string {
  if (outcome.kind === 'reply') return outcome.text;
  return 'detail' in outcome ? `${outcome.kind}: ${outcome.detail}` : outcome.kind;
}
