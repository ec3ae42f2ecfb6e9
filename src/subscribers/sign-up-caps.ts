import { HttpException, Inject, Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { domainOf } from '../mail/address.js';
import { Alarms } from '../health/alarms.js';

const anHour = 3600;

/** What a post costs: one from a form of ours is a reader, one without its signed hour may be a script. */
const points = { ours: 1, foreign: 3, unproven: 10 };

/** A post as far as the caps go. */
interface CountedPost {
  network: string;
  address: string;
  isOurs: boolean;
  /** False where work was asked for and none was done. */
  isProven: boolean;
}

/**
 * Caps against list-bombing, counted in Postgres for all instances together. A network over its cap is told so (429);
 * over the cap of a recipient's domain the page is the same as ever, no letter goes, and the operator is told.
 * Caps for one mailbox are in count-letters.ts, where its letters are known.
 */
@Injectable()
export class SignUpCaps {
  private readonly networks: RateLimiterPostgres;
  private readonly domains: RateLimiterPostgres;

  constructor(
    private readonly db: DataSource,
    private readonly alarms: Alarms,
    @Inject(CONFIG) config: Readonly<Config>,
  ) {
    const cap = (keyPrefix: string, most: number) =>
      new RateLimiterPostgres({
        ...{ storeClient: db, storeType: 'typeorm', tableName: 'sign_up_count', tableCreated: true },
        ...{ keyPrefix, points: most, duration: anHour, clearExpiredByTimeout: false },
      });
    this.networks = cap('network', config.SIGN_UPS_PER_NETWORK);
    this.domains = cap('domain', config.SIGN_UPS_PER_DOMAIN);
  }

  /**
   * Counts one post. @returns whether a letter may go to the address's domain
   * @throws {HttpException} 429 with Retry-After in seconds
   */
  async count({ network, address, isOurs, isProven }: CountedPost): Promise<boolean> {
    const cost = !isProven ? points.unproven : isOurs ? points.ours : points.foreign;
    const full = await over(this.networks, network, cost);
    if (full) throw new TooManySignUps(Math.ceil(full.msBeforeNext / 1000));
    const domain = domainOf(address);
    const stopped = await over(this.domains, domain, cost);
    if (stopped && stopped.consumedPoints - cost <= this.domains.points)
      this.alarms.raise(
        'sign-ups',
        `Sign-ups for ${domain} are over SIGN_UPS_PER_DOMAIN: until the hour is over, no confirmation letters go there`,
      );
    return !stopped;
  }

  /** Counts whose hour is over, by the clock of rate-limiter-flexible, this machine's. */
  async forget(now: Instant): Promise<void> {
    await sql(this.db, `delete from sign_up_count where expire < $1`, [now.epochMilliseconds]);
  }
}

/** Readers are shown the page for 429. */
export class TooManySignUps extends HttpException {
  constructor(readonly retryAfter: number) {
    super('Too many sign-ups from this network', 429);
  }
}

async function over(limiter: RateLimiterPostgres, key: string, cost: number): Promise<RateLimiterRes | undefined> {
  if (limiter.points === 0) return undefined;
  try {
    await limiter.consume(key, cost);
    return undefined;
  } catch (error) {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  }
}
