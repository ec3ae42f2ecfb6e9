import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';

/** What may happen only `most` times within `seconds` for one key. */
export interface LimitOf {
  name: string;
  most: number;
  seconds: number;
}

/** Counts in Postgres what may happen only so often, for all instances together. Periods follow this machine's clock. */
@Injectable()
export class Limits {
  private readonly limiters = new Map<string, RateLimiterPostgres>();

  constructor(private readonly db: DataSource) {}

  /** Counts before the thing is done, so that parallel tries cannot pass together. @returns seconds to wait, or 0 where it may be done */
  async take(limit: LimitOf, key: string, times = 1): Promise<number> {
    try {
      await this.limiter(limit).consume(key, times);
      return 0;
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw error;
    }
  }

  /** Takes one back, where it turned out not to count. */
  async giveBack(limit: LimitOf, key: string): Promise<void> {
    await this.limiter(limit).reward(key, 1);
  }

  /** Counts whose period is over. */
  async forget(now: Instant): Promise<void> {
    await sql(this.db, `delete from limit_count where expire < $1`, [now.epochMilliseconds]);
  }

  private limiter({ name, most, seconds }: LimitOf): RateLimiterPostgres {
    const known = this.limiters.get(name);
    if (known) return known;
    const limiter = new RateLimiterPostgres({
      ...{ storeClient: this.db, storeType: 'typeorm', tableName: 'limit_count', tableCreated: true },
      ...{ keyPrefix: name, points: most, duration: seconds, clearExpiredByTimeout: false },
    });
    this.limiters.set(name, limiter);
    return limiter;
  }
}
