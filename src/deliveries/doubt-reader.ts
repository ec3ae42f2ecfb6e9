import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { stopEdition } from '../editions/change-edition-state.js';
import { Alarms } from '../health/alarms.js';
import { Suppressions } from '../suppressions/suppressions.js';
import { dailyMeasure, suppressedToday, whyTripped } from './breaker.js';
import type { Affected } from './attempt.js';
import type { Cause } from './read-cause.js';

/** Any constant of our own: bounces are judged one after the other, or twenty at once would each see room for one more. */
export const doubtLock = 4_114_713;
/** Looking over a large edition takes longer with each reader: at most a twentieth of the time goes into it. */
const restFactor = 20;
const slowLookMs = 20;
/** The first refusals of an edition are looked at one by one, however slow the machine is: they tell whose fault it is. */
const looksWithoutRest = 50;
const measureMinutes = 10;

/**
 * A server says no to a reader: suppresses the address if that is sure enough, and never many at once. Too many alike
 * in one edition stop the edition instead; beyond a day's measure nobody is suppressed without an admin's word. The ledger
 * keeps each refusal with its cause. Safe to repeat.
 */
@Injectable()
export class DoubtReader {
  private readonly looks = new Map<string, { count: number; restUntil: number }>();
  private measure?: { addresses: number; until: Instant };

  constructor(
    private readonly db: DataSource,
    private readonly suppressions: Suppressions,
    private readonly alarms: Alarms,
  ) {}

  async run(delivery: Affected, cause: Cause, text: string, now: Instant): Promise<void> {
    await this.db.transaction(async (tx) => {
      await sql(tx, `select pg_advisory_xact_lock(${doubtLock})`);
      if (await this.stops(tx, delivery)) return;
      if (!(await isSure(tx, delivery, cause))) return;
      if (await this.isDayFull(tx, now))
        return this.alarms.raise(
          'suppressions',
          `Delivery ${delivery.id} bounced and its reader is not suppressed: 20 addresses, or 2 % of the readers, are the measure of a day.`,
        );
      await this.suppressions.add(tx, delivery.address, 'bounce', text, now);
    });
  }

  /** True when the edition stands, or stops now: then nobody is suppressed on its account. */
  private async stops(tx: EntityManager, { editionId }: Affected): Promise<boolean> {
    const why = await this.look(tx, editionId);
    if (why && (await stopEdition(tx, editionId, `stopped by itself: ${why}`)))
      this.alarms.raise('breaker', `Edition ${editionId} has stopped: ${why}. Nobody is suppressed for it any more.`);
    if (why) return true;
    const paused = await one(tx, `select 1 from edition where id = $1 and state = 'paused'`, [editionId]);
    return paused !== undefined;
  }

  private async look(tx: EntityManager, editionId: string): Promise<string | null> {
    const begun = performance.now();
    const { count, restUntil } = this.looks.get(editionId) ?? { count: 0, restUntil: 0 };
    if (begun < restUntil) return null;
    const why = await whyTripped(tx, editionId);
    const tookMs = performance.now() - begun;
    if (this.looks.size > 100) this.looks.clear();
    const rests = tookMs > slowLookMs && count >= looksWithoutRest;
    this.looks.set(editionId, { count: count + 1, restUntil: rests ? performance.now() + restFactor * tookMs : 0 });
    return why;
  }

  private async isDayFull(tx: EntityManager, now: Instant): Promise<boolean> {
    if (!this.measure || Temporal.Instant.compare(now, this.measure.until) >= 0)
      this.measure = { addresses: await dailyMeasure(tx), until: now.add({ minutes: measureMinutes }) };
    return (await suppressedToday(tx, now)) >= this.measure.addresses;
  }
}

/** Gone is gone. A mailbox must have been full for three editions in seven days; an unclear no needs two editions that agree. */
async function isSure(tx: EntityManager, delivery: Affected, cause: Cause): Promise<boolean> {
  if (cause === 'hard') return true;
  const seen = await one<{ full: boolean; agreed: boolean }>(
    tx,
    `with mine as (
       select d.* from delivery d join subscription s on s.id = d.subscription_id where s.subscriber_id = $1),
     since as (
       select * from mine where planned_at > coalesce((select max(planned_at) from mine where state = 'accepted'), '-infinity'))
     select count(*) filter (where cause = 'full') >= 3
              and max(planned_at) filter (where cause = 'full') - min(planned_at) filter (where cause = 'full') >= interval '7 days' as full,
            exists (select 1 from since where cause = 'unclear' group by coalesce(enhanced_code, left(reply, 3)) having count(*) >= 2) as agreed
       from since`,
    [delivery.subscriberId],
  );
  return cause === 'full' ? seen!.full : cause === 'unclear' && seen!.agreed;
}
