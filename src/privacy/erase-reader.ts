import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IdempotentRequests } from '../admin/idempotent-requests.js';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { forgetDeliveries } from '../deliveries/reader-data.js';
import { Outbox } from '../mail/outbox.js';
import { allOf, forgetReader } from '../subscribers/reader-data.js';
import { Erased } from '../suppressions/erased.js';

/** Erases a person: each stage forgets its own, all at once or not at all. What stays is an HMAC of the address. Safe to repeat. */
@Injectable()
export class EraseReader {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly erased: Erased,
    private readonly requests: IdempotentRequests,
  ) {}

  /** @returns false when there is nobody to erase */
  run(subscriberId: string, now: Instant): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const address = await forgetReader(tx, subscriberId, now);
      if (address === undefined) return false;
      await forgetDeliveries(tx, subscriberId, now);
      for (const { id } of await sql<{ id: string }>(tx, `select id from ${allOf('$1')} r`, [subscriberId]))
        await this.outbox.forgetLettersTo(tx, id);
      await this.requests.forgetAnswersWith(tx, address);
      await this.erased.add(tx, address, now);
      return true;
    });
  }
}
