import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { sql } from '../database/sql.js';
import { domainOf } from '../mail/address.js';
import { Rates, type RateScope } from '../mail/rates.js';
import type { Claim } from './claim.js';

const scopeOf = ({ address }: Claim): RateScope => `domain:${domainOf(address)}`;

/** Keeps to the rates of the recipients' domains: of a chunk, what may go now; the rest goes back, uncharged, until the domain has tokens again. */
@Injectable()
export class KeepRates {
  constructor(
    private readonly db: DataSource,
    private readonly rates: Rates,
  ) {}

  async run(claims: Claim[]): Promise<Claim[]> {
    const wanted = new Map<RateScope, number>();
    for (const claim of claims) wanted.set(scopeOf(claim), (wanted.get(scopeOf(claim)) ?? 0) + 1);
    const left = await this.rates.take(wanted);
    if (left.size === 0) return claims;
    const mayGo = (claim: Claim): boolean => {
      const tokens = left.get(scopeOf(claim));
      if (tokens === undefined) return true;
      left.set(scopeOf(claim), tokens - 1);
      return tokens > 0;
    };
    const { go = [], wait = [] } = Object.groupBy(claims, (claim) => (mayGo(claim) ? 'go' : 'wait'));
    if (wait.length > 0) await this.giveBack(wait);
    return go;
  }

  private async giveBack(claims: Claim[]): Promise<void> {
    await sql(
      this.db,
      `update delivery d set state = 'queued', token = null, worker = null, attempt = d.attempt - 1
         from unnest($1::bigint[], $2::uuid[]) as w (id, token)
        where d.id = w.id and d.token = w.token and d.state = 'claimed'`,
      [claims.map(({ id }) => id), claims.map(({ token }) => token)],
    );
  }
}
