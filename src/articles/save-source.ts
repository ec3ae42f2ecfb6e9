import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import { refusalOf } from '../fetching/refusal-of.js';
import type { NewSource, SourceChange } from './source-input.js';
import { Source } from './source.entity.js';

export type SourceSaved =
  | { kind: 'saved'; source: Source }
  | { kind: 'refused'; reason: string }
  | { kind: 'url taken'; id: string }
  | { kind: 'unknown' | 'ended' | 'sample' };

/** Adds, changes and ends sources. */
@Injectable()
export class SaveSource {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** Adding the address of an ended source takes it up again, with its articles. */
  async create(input: NewSource, now: Instant): Promise<SourceSaved> {
    const url = addressOf(input.url);
    const reason = await refusalOf(url, this.config.ALLOW_PRIVATE_HOSTS);
    if (reason) return { kind: 'refused', reason };
    const row = await one<{ id: string }>(
      this.db,
      `insert into source (kind, url, title, section, language, weight, show, complete, created_at, next_poll_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
       on conflict (url) do update set state = 'active', kind = $1, title = $3, section = $4, language = $5, weight = $6, show = $7,
              complete = $8, next_poll_at = $9, failures = 0, problem = null, etag = null, last_modified = null
        where source.state = 'ended' returning id`,
      [input.kind, url, input.title, input.section, input.language, input.weight, input.show, input.complete, now],
    );
    return row ? this.saved(row.id) : this.taken(url);
  }

  /** A change of what its articles look like makes the next poll read the whole feed again. */
  async change(id: string, change: SourceChange, now: Instant): Promise<SourceSaved> {
    const source = await this.db.getRepository(Source).findOneBy({ id });
    if (!source) return { kind: 'unknown' };
    if (source.state === 'ended') return { kind: 'ended' };
    const url = change.url === undefined ? source.url : addressOf(change.url);
    if (url !== source.url) {
      if (source.sample) return { kind: 'sample' };
      const reason = await refusalOf(url, this.config.ALLOW_PRIVATE_HOSTS);
      if (reason) return { kind: 'refused', reason };
      const other = await this.db.getRepository(Source).findOneBy({ url });
      if (other) return { kind: 'url taken', id: other.id };
    }
    const again = {
      etag: null,
      lastModified: null,
      failures: 0,
      problem: null,
      nextPollAt: new Date(now.epochMilliseconds),
    };
    await this.db.getRepository(Source).update({ id }, { ...change, url, ...again });
    return this.saved(id);
  }

  /** It is not polled any more; what it brought stays. False: there is no such source. */
  async end(id: string): Promise<boolean> {
    return (await one(this.db, `update source set state = 'ended' where id = $1 returning id`, [id])) !== undefined;
  }

  private async saved(id: string): Promise<SourceSaved> {
    return { kind: 'saved', source: await this.db.getRepository(Source).findOneByOrFail({ id }) };
  }

  private async taken(url: string): Promise<SourceSaved> {
    const { id } = await this.db.getRepository(Source).findOneByOrFail({ url });
    return { kind: 'url taken', id };
  }
}

/** As the URL parser writes it; parameters stay, for a feed's may matter. */
function addressOf(text: string): string {
  const url = new URL(text.trim());
  url.hash = '';
  return url.href;
}
