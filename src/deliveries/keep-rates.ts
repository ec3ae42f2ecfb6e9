import { Injectable } from '@nestjs/common';
import { domainOf } from '../mail/address.js';
import { Rates, type RateScope } from '../mail/rates.js';
import type { Attempt } from './attempt.js';

const scopeOf = ({ address }: Attempt): RateScope => `domain:${domainOf(address)}`;

/** Keeps to the rates of the recipients' domains: of the next letters, what may go now. The rest waits until the domain has tokens again. */
@Injectable()
export class KeepRates {
  constructor(private readonly rates: Rates) {}

  async run(attempts: Attempt[]): Promise<Attempt[]> {
    const wanted = new Map<RateScope, number>();
    for (const attempt of attempts) wanted.set(scopeOf(attempt), (wanted.get(scopeOf(attempt)) ?? 0) + 1);
    const left = await this.rates.take(wanted);
    return attempts.filter((attempt) => {
      const tokens = left.get(scopeOf(attempt));
      if (tokens === undefined) return true;
      left.set(scopeOf(attempt), tokens - 1);
      return tokens > 0;
    });
  }
}
