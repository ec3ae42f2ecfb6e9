import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { Queue } from '../queue/queue.js';
import { sliceKey, sliceQueue } from './slice-queue.js';

/** Offers a job for every slice that has something to send now. A lost job strands nothing: the next tick offers it again. */
@Injectable()
export class OfferSlices {
  constructor(
    private readonly db: DataSource,
    private readonly queue: Queue,
  ) {}

  async run(now: Instant): Promise<void> {
    const waiting = await sql<{ editionId: string; slice: number }>(
      this.db,
      `select distinct d.edition_id as "editionId", d.slice
         from delivery d join edition e on e.id = d.edition_id
        where d.state = 'queued' and d.next_at <= $1 and (e.state = 'sending' or (e.state = 'done' and d.kind = 'welcome'))`,
      [now],
    );
    for (const { editionId, slice } of waiting) await this.queue.offer(sliceQueue, sliceKey(editionId, slice));
  }
}
