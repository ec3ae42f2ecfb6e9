import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { locks, takeLock } from '../database/locks.js';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import { stopEdition } from '../editions/change-edition-state.js';
import { Alarms } from '../health/alarms.js';
import { domainOf } from '../mail/address.js';
import { Suppressions } from '../suppressions/suppressions.js';
import { dailyMeasure, suppressedToday, whyTripped } from './breaker.js';
import type { Affected } from './attempt.js';
import { CostlyLooks } from './costly-looks.js';
import type { Cause } from './read-cause.js';

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
  private readonly looks = new CostlyLooks(looksWithoutRest);
  private measure?: { addresses: number; until: Instant };

  constructor(
    private readonly db: DataSource,
    private readonly suppressions: Suppressions,
    private readonly alarms: Alarms,
  ) {}

  async run(delivery: Affected, cause: Cause, text: string, now: Instant): Promise<void> {
    await this.db.transaction(async (tx) => {
      await takeLock(tx, locks.judgeBounces);
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
    const why = await this.looks.look(editionId, () => whyTripped(tx, editionId));
    if (why && (await stopEdition(tx, editionId, `stopped by itself: ${why}`)))
      this.alarms.raise('breaker', `Edition ${editionId} has stopped: ${why}. Nobody is suppressed for it any more.`);
    if (why) return true;
    const paused = await one(tx, `select 1 from edition where id = $1 and state = 'paused'`, [editionId]);
    return paused !== undefined;
  }

  private async isDayFull(tx: EntityManager, now: Instant): Promise<boolean> {
    if (!this.measure || Temporal.Instant.compare(now, this.measure.until) >= 0)
      this.measure = { addresses: await dailyMeasure(tx), until: now.add({ minutes: measureMinutes }) };
    return (await suppressedToday(tx, now)) >= this.measure.addresses;
  }
}

/**
 * Gone is gone. A mailbox must have been full for three editions in seven days; an unclear no needs two editions that agree. What sounds like us (5.7.x) is
 * about this reader when three editions in seven days were refused so, while others of the domain had theirs.
 */
async function isSure(tx: EntityManager, delivery: Affected, cause: Cause): Promise<boolean> {
  if (cause === 'hard') return true;
  const seen = await one<{ full: boolean; agreed: boolean; policySince: Date | null }>(
    tx,
    `with mine as (
       select d.* from delivery d join subscription s on s.id = d.subscription_id where s.subscriber_id = $1),
     since as (
       select * from mine where planned_at > coalesce((select max(planned_at) from mine where state = 'accepted'), '-infinity')),
     lasting as (
       select cause, min(planned_at) as since from since group by cause having count(*) >= 3 and max(planned_at) - min(planned_at) >= interval '7 days')
     select exists (select 1 from lasting where cause = 'full') as full,
            (select since from lasting where cause = 'policy') as "policySince",
            exists (select 1 from since where cause = 'unclear' group by coalesce(enhanced_code, left(reply, 3)) having count(*) >= 2) as agreed`,
    [delivery.subscriberId],
  );
  switch (cause) {
    case 'full':
      return seen!.full;
    case 'unclear':
      return seen!.agreed;
    default:
      return cause === 'policy' && seen!.policySince !== null && neighbourHas(tx, delivery, seen!.policySince);
  }
}

/** Somebody else of the domain was sent a letter since then, and had it. */
async function neighbourHas(tx: EntityManager, { address }: Affected, since: Date): Promise<boolean> {
  const found = await one(
    tx,
    `select 1 from subscriber r join subscription s on s.subscriber_id = r.id join delivery d on d.subscription_id = s.id
      where split_part(r.address, '@', -1) = $1 and d.state = 'accepted' and d.planned_at >= $2 limit 1`,
    [domainOf(address), since],
  );
  return found !== undefined;
}
