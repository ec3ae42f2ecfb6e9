import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import { Alarms } from '../health/alarms.js';
import { Allowance } from './allowance.js';
import { readDkimKeys, signLetter, type DkimKey } from './dkim.js';
import { Rates } from './rates.js';
import { SmtpChannel } from './smtp-channel.js';
import type { SmtpOutcome } from './smtp-outcome.js';
import type { Envelope } from './smtp-session.js';

/** The ways out, each with its share of the letters. One that rests, or has used up its rate, leaves its share to the others. */
@Injectable()
export class Channels implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly channels: SmtpChannel[];
  private readonly dkimKeys: DkimKey[];

  constructor(
    alarms: Alarms,
    private readonly rates: Rates,
    clock: Clock,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {
    this.dkimKeys = readDkimKeys(config);
    this.channels = config.CHANNELS.map(
      (settings) => new SmtpChannel(settings, new Allowance(settings, rates, clock), alarms, config),
    );
  }

  /** What only a relay can tell (a password, a certificate) is found out now, not with the first letter; nobody waits for it. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.ROLES.includes('worker')) return;
    for (const { name, perSecond } of this.config.CHANNELS) await this.rates.set(`channel:${name}`, perSecond);
    for (const channel of this.channels) void channel.greet();
  }

  /**
   * Signs and sends one letter, by another channel if the first has no session.
   * @param arm asked after 354 and before the first byte; answer false to stop it
   */
  async send(
    envelope: Envelope,
    raw: Buffer,
    arm: () => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<SmtpOutcome> {
    const signed = this.dkimKeys.length > 0 ? await signLetter(raw, this.dkimKeys) : raw;
    let outcome: SmtpOutcome = { kind: 'no session', detail: this.channels.map(({ why }) => why).join(' ') };
    const tried = new Set<SmtpChannel>();
    for (let channel; (channel = this.choose(tried)); tried.add(channel)) {
      outcome = await channel.send(envelope, signed, arm);
      if (outcome.kind !== 'no session') break;
    }
    return outcome;
  }

  /** True while no channel can carry anything: nobody should take letters in hand that could not go out. */
  get paused(): boolean {
    return this.channels.every((channel) => channel.paused);
  }

  /** Rejects with one sentence of ours when no channel has a session to give. */
  async check(): Promise<void> {
    const checks = await Promise.allSettled(this.channels.map((channel) => channel.check()));
    const failed = checks.filter((check) => check.status === 'rejected');
    if (failed.length === checks.length) throw failed[0]!.reason;
  }

  /** After the queue has drained. */
  beforeApplicationShutdown(): void {
    for (const channel of this.channels) channel.quit();
  }

  /** By lot, each with the chance that its weight gives it. */
  private choose(tried: Set<SmtpChannel>): SmtpChannel | undefined {
    const ready = this.channels.filter((channel) => !channel.paused && !tried.has(channel));
    let lot = Math.random() * ready.reduce((sum, { weight }) => sum + weight, 0);
    return ready.find(({ weight }) => (lot -= weight) < 0) ?? ready.at(-1);
  }
}
