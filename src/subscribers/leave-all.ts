import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import type { Evidence } from './consent.js';
import { EndSubscription } from './end-subscription.js';
import { isStanding } from './subscription.js';

/** Ends everything a reader has subscribed to. Safe to repeat. */
@Injectable()
export class LeaveAll {
  constructor(
    private readonly db: DataSource,
    private readonly endSubscription: EndSubscription,
  ) {}

  /** @returns the subscriptions that ended by it */
  async run(subscriberId: string, evidence: Evidence, now: Instant): Promise<string[]> {
    const standing = await sql<{ id: string }>(
      this.db,
      `select id from subscription where subscriber_id = $1 and ${isStanding} order by id`,
      [subscriberId],
    );
    const ended: string[] = [];
    for (const { id } of standing) if (await this.endSubscription.run(id, evidence, now)) ended.push(id);
    return ended;
  }
}
