import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { stopEdition } from '../editions/change-edition-state.js';
import { Alarms } from '../health/alarms.js';
import { Rates } from '../mail/rates.js';
import type { Affected } from './attempt.js';
import { DoubtDomain } from './doubt-domain.js';
import { DoubtReader } from './doubt-reader.js';
import type { Effect, Verdict } from './judge-outcome.js';
import { domainOf } from '../mail/address.js';

/**
 * Does what a reply means beyond its delivery. Comes after settle, which has noted that it is to be done, and is safe to repeat:
 * of a worker that dies in between `FinishEffects` takes over.
 */
@Injectable()
export class ApplyEffect {
  constructor(
    private readonly db: DataSource,
    private readonly doubtReader: DoubtReader,
    private readonly doubtDomain: DoubtDomain,
    private readonly rates: Rates,
    private readonly alarms: Alarms,
  ) {}

  async run(delivery: Affected, verdict: Pick<Verdict, 'effect' | 'cause' | 'reply'>, now: Instant): Promise<void> {
    if (!verdict.effect) return;
    await this.apply(delivery, verdict.effect, verdict.reply, now);
    // Not of a later attempt that said something else.
    await sql(
      this.db,
      `update delivery set effect_pending = false
        where id = $1 and effect_pending and cause is not distinct from $2 and reply is not distinct from $3`,
      [delivery.id, verdict.cause, verdict.reply],
    );
  }

  private async apply(delivery: Affected, effect: Effect, reply: string | null, now: Instant): Promise<void> {
    switch (effect.kind) {
      case 'doubt reader':
        return this.doubtReader.run(delivery, effect.cause, reply ?? '', now);
      case 'doubt domain':
        await this.doubtDomain.run(delivery, reply ?? '', now);
        return this.doubtReader.run(delivery, 'policy', reply ?? '', now);
      case 'slow domain':
        return this.rates.cut(`domain:${domainOf(delivery.address)}`);
      case 'pause edition':
        return this.stop(delivery.editionId, effect.why);
    }
  }

  private async stop(editionId: string, why: string): Promise<void> {
    if (await stopEdition(this.db, editionId, why))
      this.alarms.raise('edition', `Edition ${editionId} has stopped: ${why}`);
  }
}
