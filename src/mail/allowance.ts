import type { Clock } from '../database/database.module.js';
import { perDayOn, type ChannelSettings } from './channel-settings.js';
import type { Rates } from './rates.js';

const handful = 16;
const dryMs = 5_000;

/** What a channel's rate and warm-up plan let this process send: tokens are taken a handful at a time, and used one by one. */
export class Allowance {
  private left = 0;
  private dryUntilMs = 0;
  private asking?: Promise<void>;

  constructor(
    private readonly channel: ChannelSettings,
    private readonly rates: Rates,
    private readonly clock: Clock,
  ) {}

  get limited(): boolean {
    return this.channel.perSecond !== null || this.channel.warmUp.length > 0;
  }

  /** True while nothing is to be had. */
  get dry(): boolean {
    return this.left === 0 && performance.now() < this.dryUntilMs;
  }

  /** False: this letter must wait, or go by another channel. */
  async take(): Promise<boolean> {
    if (!this.limited) return true;
    while (this.left === 0) {
      if (this.dry) return false;
      this.asking ??= this.ask().finally(() => (this.asking = undefined));
      await this.asking;
    }
    this.left -= 1;
    return true;
  }

  private async ask(): Promise<void> {
    const day = (await this.clock.recent()).toString().slice(0, 10);
    const perDay = perDayOn(this.channel.warmUp, day);
    this.left = await this.rates.lease(`channel:${this.channel.name}`, handful, day, perDay);
    if (this.left === 0) this.dryUntilMs = performance.now() + dryMs;
  }
}
