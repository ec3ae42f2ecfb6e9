import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { ApplyEffect } from './apply-effect.js';
import type { Affected } from './attempt.js';
import { effectOf } from './judge-outcome.js';
import type { Cause } from './read-cause.js';

interface Left extends Affected {
  cause: Cause;
  reply: string;
}

/** Doing it takes a worker milliseconds; one that waits for Postgres may do it a second time, which is safe. */
const leftAfter = `interval '60 seconds'`;
const mostAtOnce = 500;

/** Does what a worker that died between a reply and what it means has left: the suppression, the rest of a domain, the stop of an edition. */
@Injectable()
export class FinishEffects {
  private readonly log = new Logger('Deliveries');

  constructor(
    private readonly db: DataSource,
    private readonly applyEffect: ApplyEffect,
  ) {}

  async run(now: Instant): Promise<void> {
    const left = await sql<Left>(
      this.db,
      `select d.id, d.edition_id as "editionId", s.subscriber_id as "subscriberId", r.address, d.cause, coalesce(d.reply, '') as reply
         from delivery d join subscription s on s.id = d.subscription_id join subscriber r on r.id = s.subscriber_id
        where d.effect_pending and coalesce(d.settled_at, d.tried_at) < $1::timestamptz - ${leftAfter}
        order by d.id limit ${mostAtOnce}`,
      [now],
    );
    for (const { cause, reply, ...delivery } of left)
      await this.applyEffect.run(delivery, { cause, reply, effect: effectOf(cause, { text: reply }) }, now);
    if (left.length > 0) this.log.warn(`Did what ${left.length} replies mean, left undone by a worker that is gone.`);
  }
}
