import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { Alarms } from '../health/alarms.js';
import { domainOf } from '../mail/address.js';
import type { Affected } from './attempt.js';
import { CostlyLooks } from './costly-looks.js';
import { readersAlike, refusedAlike } from './domain-evidence.js';
import { pauseDomain } from './pause-domain.js';

const looksWithoutRest = 5;

/**
 * A server refuses a letter for a reason that sounds like us (5.7.x). Puts the domain to rest once several of its readers were refused alike and nobody
 * of it was accepted meanwhile: one reader may be refused for what concerns that reader alone. All evidence is in the ledger, so that it
 * counts whichever worker heard it. Safe to repeat.
 */
@Injectable()
export class DoubtDomain {
  private readonly looks = new CostlyLooks(looksWithoutRest);

  constructor(
    private readonly db: DataSource,
    private readonly alarms: Alarms,
  ) {}

  async run({ id, address }: Affected, reason: string, now: Instant): Promise<void> {
    const domain = domainOf(address);
    const until = await this.looks.look(domain, async () => {
      const since = await refusedAlike(this.db, domain, id, now);
      return since && pauseDomain(this.db, { domain, reason, since }, now);
    });
    if (until)
      this.alarms.raise(
        'domain',
        `${domain} refuses our mail to ${readersAlike} readers alike; its readers wait until ${until.toString()}: ${reason}`,
      );
  }
}
