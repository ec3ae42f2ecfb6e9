import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import { intervalMinutes, recordFailure } from './feeds/record-poll.js';
import { PollSource, type PolledSource } from './poll-source.js';

const atOnce = 8;

/** Polls the sources that are due, a few at a time. Harmless when run twice or on many machines: a source is claimed first. */
@Injectable()
export class PollSources {
  private readonly log = new Logger(PollSources.name);
  private running = false;

  constructor(
    private readonly db: DataSource,
    private readonly pollSource: PollSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** Gives how many were polled. A round that takes longer than the clock's tick is not joined by a second one. */
  async run(now: Instant): Promise<number> {
    if (this.running) return 0;
    this.running = true;
    try {
      const counts = await Promise.all(Array.from({ length: atOnce }, () => this.work(now)));
      return counts.reduce((sum, count) => sum + count, 0);
    } finally {
      this.running = false;
    }
  }

  private async work(now: Instant): Promise<number> {
    for (let polled = 0; ; polled++) {
      const source = await this.claim(now);
      if (!source) return polled;
      await this.poll(source, now);
    }
  }

  private async poll(source: PolledSource, now: Instant): Promise<void> {
    try {
      await this.pollSource.run(source, now);
    } catch (error) {
      this.log.error(`Source ${source.id}: ${String(error)}`);
      await recordFailure(this.db, source.id, 'an error on our side', now).catch(() => {}); // the claim has moved it on already
    }
  }

  /** Takes the source that waits longest by moving its next poll on, so that nobody else takes it meanwhile. */
  private claim(now: Instant): Promise<PolledSource | undefined> {
    return one<PolledSource>(
      this.db,
      `update source set next_poll_at = $1::timestamptz + make_interval(mins => $2)
        where id = (select id from source
                     where state = 'active' and next_poll_at <= $1 and (not sample or $3)
                     order by next_poll_at limit 1 for update skip locked)
       returning id, url, title, section, language, show, sample, etag, last_modified as "lastModified"`,
      [now, intervalMinutes, this.config.SEED === 'sample'],
    );
  }
}
