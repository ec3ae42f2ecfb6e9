import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { Queue } from '../queue/queue.js';
import { openSlices } from './slice.js';
import { sliceKey, sliceQueue } from './slice-queue.js';

/**
 * Editions that are done, too: welcomes wait there, and letters that were made to wait in the moment in which it ended; whoever tends their slice opens
 * the edition again. While the database is not where it was nothing would be read.
 */
const due = `c.next_at <= $1 and e.state in ('sending', 'done') and (select at_home())`;

/** Offers a job for every slice that has something to send now. A lost job strands nothing: the next tick offers it again. */
@Injectable()
export class OfferSlices {
  constructor(
    private readonly db: DataSource,
    private readonly queue: Queue,
  ) {}

  async run(now: Instant): Promise<void> {
    for (const slice of await openSlices(this.db, due, [now])) await this.queue.offer(sliceQueue, sliceKey(slice));
  }
}
