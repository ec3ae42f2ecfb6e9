import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { stopEdition } from '../editions/change-edition-state.js';
import { Alarms } from '../health/alarms.js';
import { Rates } from '../mail/rates.js';
import type { Claim } from './claim.js';
import { DoubtReader } from './doubt-reader.js';
import type { Verdict } from './judge-outcome.js';
import { domainOf } from '../mail/address.js';
import { pauseDomain } from './pause-domain.js';

/** Does what a reply means beyond its delivery. Comes after settle, and is safe to repeat. */
@Injectable()
export class ApplyEffect {
  constructor(
    private readonly db: DataSource,
    private readonly doubtReader: DoubtReader,
    private readonly rates: Rates,
    private readonly alarms: Alarms,
  ) {}

  async run(delivery: Claim, { effect, reply }: Verdict, now: Instant): Promise<void> {
    if (!effect) return;
    switch (effect.kind) {
      case 'doubt reader':
        return this.doubtReader.run(delivery, effect.cause, reply ?? '', now);
      case 'pause domain':
        return this.pause(delivery, reply ?? '', now);
      case 'slow domain':
        return this.rates.cut(`domain:${domainOf(delivery.address)}`);
      case 'pause edition':
        return this.stop(delivery.editionId, effect.why);
    }
  }

  private async pause({ address }: Claim, reason: string, now: Instant): Promise<void> {
    const domain = domainOf(address);
    const until = await pauseDomain(this.db, domain, reason, now);
    if (until)
      this.alarms.raise('domain', `${domain} refuses our mail; its readers wait until ${until.toString()}: ${reason}`);
  }

  private async stop(editionId: string, why: string): Promise<void> {
    if (await stopEdition(this.db, editionId, why))
      this.alarms.raise('edition', `Edition ${editionId} has stopped: ${why}`);
  }
}
