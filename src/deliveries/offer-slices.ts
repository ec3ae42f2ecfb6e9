import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { Queue } from '../queue/queue.js';
import { slices } from './delivery.js';
import { sliceKey, sliceQueue } from './slice-queue.js';

/** Offers a job for every slice that has something to send now. A lost job strands nothing: the next tick offers it again. */
@Injectable()
export class OfferSlices {
  constructor(
    private readonly db: DataSource,
    private readonly queue: Queue,
  ) {}

  async run(now: Instant): Promise<void> {
    const waiting = await sql<{ editionId: string; slice: number }>(this.db, waitingSlices, [now]);
    for (const { editionId, slice } of waiting) await this.queue.offer(sliceQueue, sliceKey(editionId, slice));
  }
}

/**
 * Asks the index for one row of each edition and slice rather than reading all that wait: a tick over a million queued
 * deliveries costs as many look-ups as there are slices.
 */
const waitingSlices = `
  with recursive waiting as (
    select min(edition_id) as id from delivery where state = 'queued'
    union all
    select (select min(edition_id) from delivery where state = 'queued' and edition_id > waiting.id) from waiting where id is not null)
  select e.id as "editionId", n as slice
    from waiting join edition e on e.id = waiting.id cross join generate_series(0, ${slices - 1}) n
    cross join lateral (select 1 from delivery d
                         where d.edition_id = e.id and d.slice = n and d.state = 'queued' and d.next_at <= $1
                           and (e.state = 'sending' or d.kind = 'welcome') order by d.next_at limit 1) d
   where e.state in ('sending', 'done')`;
