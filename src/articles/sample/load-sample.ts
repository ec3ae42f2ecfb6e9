import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import type { Instant } from '../../database/now.js';
import { one } from '../../database/sql.js';
import { PollSource, type PolledSource, type PollOutcome } from '../poll-source.js';
import { sampleAddress } from './sample-address.js';

/**
 * Brings in the sample, through the same way as any feed: this service serves it and polls itself, so the web role must
 * be listening. Safe to repeat: a later start finds the same source and the same articles, also on another port.
 */
@Injectable()
export class LoadSample {
  constructor(
    private readonly db: DataSource,
    private readonly pollSource: PollSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(now: Instant): Promise<PollOutcome | { kind: 'ended' }> {
    const source = await this.source(now);
    return source.state === 'active' ? this.pollSource.run(source, now) : { kind: 'ended' };
  }

  private async source(now: Instant): Promise<PolledSource & { state: string }> {
    const row = await one<PolledSource & { state: string }>(
      this.db,
      `insert into source (kind, url, show, complete, sample, created_at, next_poll_at) values ('feed', $1, 'full', false, true, $2, $2)
       on conflict (sample) where sample do update set url = excluded.url
       returning id, kind, url, title, section, language, show, complete, sample, polled_at as "polledAt", etag, last_modified as "lastModified", state`,
      [sampleAddress(this.config), now],
    );
    return row!;
  }
}
