import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { Channels } from '../mail/channels.js';
import type { SmtpOutcome } from '../mail/smtp-outcome.js';
import { Queue } from '../queue/queue.js';
import { ApplyEffect } from './apply-effect.js';
import { nextAttempts, type Attempt } from './attempt.js';
import { CloseEditions } from './close-editions.js';
import { disarm } from './disarm.js';
import { FillLetter } from './fill-letter.js';
import { Hand } from './hand.js';
import { KeepRates } from './keep-rates.js';
import { LedgerWriter } from './ledger-writer.js';
import { ReturnPaths } from './return-paths.js';
import { readOpenSlice, type Slice } from './slice.js';
import { sliceQueue } from './slice-queue.js';
import { TendSlice } from './tend-slice.js';
import { untilWritten } from './until-written.js';

/** So long may a letter that is due again wait for its turn. Finding the place anew costs some milliseconds. */
const passMs = 10_000;

/** Sends one slice of an edition: read a few letters, and for each write, arm, hand over, settle. */
@Injectable()
export class SendSlice implements OnApplicationBootstrap {
  private readonly log = new Logger('Deliveries');

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly channels: Channels,
    private readonly keepRates: KeepRates,
    private readonly ledger: LedgerWriter,
    private readonly fillLetter: FillLetter,
    private readonly tendSlice: TendSlice,
    private readonly closeEditions: CloseEditions,
    private readonly returnPaths: ReturnPaths,
    private readonly applyEffect: ApplyEffect,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.ROLES.includes('worker')) return;
    await this.queue.work(sliceQueue, async (key, signal) => {
      const [editionId, firstId] = key.split(':');
      const slice = await readOpenSlice(this.db, editionId!, firstId!);
      if (slice && !this.channels.paused) await this.run(slice, signal);
    });
  }

  /** Sends what is due in it, and leaves it closed or with the time of the next look. */
  async run(slice: Slice, signal: AbortSignal): Promise<void> {
    const hand = new Hand();
    try {
      while (await this.pass(slice, hand, signal));
    } finally {
      await hand.downTo(0);
    }
    const now = await this.clock.recent();
    await this.tendSlice.run(slice, now);
    await this.closeEditions.closeOne(slice.editionId, now);
  }

  /**
   * Goes through the slice once. Reads ahead a little, so that no connection waits for the slowest letter of a chunk. Stops reading once `signal`
   * is aborted: what is at the relay then settles, the rest waits for another worker.
   *
   * @returns true when it should begin again, for letters that it has passed may be due by now
   */
  private async pass(slice: Slice, hand: Hand, signal: AbortSignal): Promise<boolean> {
    const chunk = this.config.SMTP_CONNECTIONS;
    const endsAt = performance.now() + passMs;
    let rest = slice;
    while (!signal.aborted && !this.channels.paused) {
      const now = await this.clock.recent();
      const attempts = await nextAttempts(this.db, rest, hand.ids(), chunk, now);
      if (attempts.length === 0) return false;
      for (const one of await this.keepRates.run(attempts)) hand.add(one.id, this.send(one, now, signal));
      rest = { ...slice, firstId: String(BigInt(attempts.at(-1)!.id) + 1n) };
      await hand.downTo(Math.floor(chunk / 2));
      if (performance.now() > endsAt) return true;
    }
    return false;
  }

  private async send(delivery: Attempt, now: Instant, signal: AbortSignal): Promise<void> {
    const outcome = await this.handOver(delivery, now, signal);
    const say = (error: unknown) =>
      this.log.warn({ err: error }, `What became of delivery ${delivery.id} cannot be written yet`);
    if (outcome.kind === 'not armed')
      return untilWritten(async () => disarm(this.db, delivery, await this.clock.now()), say);
    const verdict = await this.ledger.settle(delivery, outcome);
    if (verdict.state !== 'accepted')
      this.log.warn(`Delivery ${delivery.id} is ${verdict.state}: ${verdict.reply ?? verdict.reason ?? ''}`);
    if (verdict.effect)
      await untilWritten(async () => this.applyEffect.run(delivery, verdict, await this.clock.now()), say);
  }

  /** Whoever is told to stop sends nothing more that is not armed. */
  private async handOver(delivery: Attempt, now: Instant, signal: AbortSignal): Promise<SmtpOutcome> {
    try {
      if (signal.aborted) return { kind: 'not armed' };
      const { from, raw } = await this.fillLetter.run(delivery, now);
      const envelope = { from: this.returnPaths.of(delivery.id) ?? from.address, to: delivery.address };
      return await this.channels.send(envelope, raw, async () => !signal.aborted && this.ledger.arm(delivery));
    } catch (error) {
      this.log.error({ err: error }, `Delivery ${delivery.id} could not be written`);
      return { kind: 'lost', when: 'before the letter', detail: 'the letter could not be written' };
    }
  }
}
