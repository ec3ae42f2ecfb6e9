import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { Outbox } from '../mail/outbox.js';

/** Posts one letter that says what a reader has left, with the way back. It is not written if they took it back before. */
@Injectable()
export class SayGoodbye {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  /** @param ended ids of the subscriptions that ended just now; several are told in one letter */
  async run(subscriberId: string, ended: string[], now: Instant): Promise<void> {
    const [first] = ended;
    if (!first) return;
    const ids = { subscriber: subscriberId, subscription: first, all: ended.length > 1 ? 'yes' : '' };
    await this.db.transaction((tx) => this.outbox.post(tx, 'goodbye', ids, now));
  }
}
