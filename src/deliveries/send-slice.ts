import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { buildRaw } from '../mail/build-raw.js';
import { SmtpChannel } from '../mail/smtp-channel.js';
import type { SmtpOutcome } from '../mail/smtp-outcome.js';
import { Queue } from '../queue/queue.js';
import { ApplyEffect } from './apply-effect.js';
import { arm, disarm } from './arm.js';
import { claim, type Claim } from './claim.js';
import { CloseEditions } from './close-editions.js';
import { judgeOutcome } from './judge-outcome.js';
import { ReturnPaths } from './return-paths.js';
import { settle, untilWritten } from './settle.js';
import { sliceQueue } from './slice-queue.js';
import { WorkerIdentity } from './worker-identity.js';
import { WriteEditionLetter } from './write-edition-letter.js';

/** Sends one slice of an edition: claim a chunk, and for each letter write, arm, hand over, settle. */
@Injectable()
export class SendSlice implements OnApplicationBootstrap {
  private readonly log = new Logger('Deliveries');

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly channel: SmtpChannel,
    private readonly worker: WorkerIdentity,
    private readonly writeLetter: WriteEditionLetter,
    private readonly closeEditions: CloseEditions,
    private readonly returnPaths: ReturnPaths,
    private readonly applyEffect: ApplyEffect,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.ROLES.includes('worker')) return;
    await this.queue.work(sliceQueue, async (key, signal) => {
      const [editionId, slice] = key.split(':');
      await this.run(editionId!, Number(slice), signal);
    });
  }

  /** Stops between chunks once `signal` is aborted: a chunk is small, and what it has in hand settles. */
  async run(editionId: string, slice: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.channel.paused) {
      const now = await this.clock.now();
      const claims = await claim(this.db, editionId, slice, this.worker.id, this.config.SMTP_CONNECTIONS, now);
      if (claims.length === 0) return this.closeEditions.closeOne(editionId, now);
      await Promise.all(claims.map((one) => this.send(one, signal)));
    }
  }

  private async send(delivery: Claim, signal: AbortSignal): Promise<void> {
    const outcome = await this.handOver(delivery, signal);
    await untilWritten(
      async () => this.settle(delivery, outcome, await this.clock.now()),
      (error) => this.log.warn({ err: error }, `Delivery ${delivery.id} cannot be settled yet`),
    );
  }

  private async settle(delivery: Claim, outcome: SmtpOutcome, now: Instant): Promise<void> {
    if (outcome.kind === 'not armed') return disarm(this.db, delivery, now);
    const verdict = judgeOutcome(outcome, delivery.attempt, now, Math.random());
    if (verdict.state !== 'accepted')
      this.log.warn(`Delivery ${delivery.id} is ${verdict.state}: ${verdict.reply ?? verdict.reason ?? ''}`);
    await settle(this.db, delivery, verdict, now);
    await this.applyEffect.run(delivery, verdict, now);
  }

  /** Whoever is told to stop sends nothing more that is not armed: the claim goes back. */
  private async handOver(delivery: Claim, signal: AbortSignal): Promise<SmtpOutcome> {
    try {
      if (signal.aborted) return { kind: 'not armed' };
      const now = await this.clock.now();
      const edition = { id: delivery.editionId, kind: delivery.kind };
      const { from, letter, headers } = await this.writeLetter.run(edition, delivery.variantId, delivery, now);
      const raw = await buildRaw({
        ...letter,
        from,
        to: delivery.address,
        headers,
        messageId: delivery.messageId,
        date: new Date(now.epochMilliseconds),
      });
      const envelope = { from: this.returnPaths.of(delivery.id) ?? from.address, to: delivery.address };
      return await this.channel.send(envelope, raw, async () =>
        signal.aborted ? false : arm(this.db, delivery, await this.clock.now()),
      );
    } catch (error) {
      this.log.error({ err: error }, `Delivery ${delivery.id} could not be written`);
      return { kind: 'lost', when: 'before the letter', detail: 'the letter could not be written' };
    }
  }
}
