import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { fetchDocument, type Document, type Fetched } from '../fetching/fetch-document.js';
import { HostTurns } from '../fetching/host-turns.js';
import { allowedHosts } from './feeds/allowed-hosts.js';
import { ParseFeed } from './feeds/parse-feed.js';
import { recordFailure, recordGone, recordPolled, recordUnchanged } from './feeds/record-poll.js';
import { TakeItems, type Taken } from './feeds/take-items.js';
import { logSource } from './health/source-log.js';
import { WatchPage } from './pages/watch-page.js';
import type { Source } from './source.entity.js';
import { plainText } from './text/plain-text.js';

export type PollOutcome =
  | ({ kind: 'polled' } & Pick<Taken, 'added' | 'updated' | 'unchanged' | 'skipped'>)
  | { kind: 'not-modified' }
  | { kind: 'gone' }
  | { kind: 'failed'; reason: string };

export type PolledSource = Pick<
  Source,
  | 'id'
  | 'kind'
  | 'url'
  | 'title'
  | 'section'
  | 'language'
  | 'show'
  | 'complete'
  | 'sample'
  | 'polledAt'
  | 'etag'
  | 'lastModified'
>;

const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1';

/** Asks one source what is new. Safe to repeat; what the other side does ends as a named reason, in the row and here. */
@Injectable()
export class PollSource {
  private readonly log = new Logger(PollSource.name);

  constructor(
    private readonly db: DataSource,
    private readonly parseFeed: ParseFeed,
    private readonly watchPage: WatchPage,
    private readonly takeItems: TakeItems,
    private readonly hosts: HostTurns,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(source: PolledSource, now: Instant): Promise<PollOutcome> {
    const fetched = await this.fetch(source);
    switch (fetched.kind) {
      case 'ok':
        return this.read(source, fetched, now);
      case 'failed':
        return this.fail(source, fetched.reason, now, fetched.retryAfter);
      case 'gone':
        await recordGone(this.db, source.id, now);
        await logSource(this.db, source.id, [{ item: null, reason: 'gone for good (410)' }], now);
        return { kind: 'gone' };
      case 'not-modified':
        await recordUnchanged(this.db, source.id, fetched.movedTo, now);
        return { kind: 'not-modified' };
    }
  }

  private fetch({ etag, lastModified, ...source }: PolledSource): Promise<Fetched> {
    const allowHosts = allowedHosts(source, this.config);
    const ask = () => fetchDocument(source.url, { accept, etag, lastModified, allowHosts });
    return this.hosts.take(source.url, allowHosts, ask);
  }

  private async read(source: PolledSource, document: Document, now: Instant): Promise<PollOutcome> {
    const parsed = await (source.kind === 'page'
      ? this.watchPage.run(document)
      : this.parseFeed.run(document.body, document.charset));
    if (parsed.kind === 'unreadable') return this.fail(source, parsed.reason, now);

    const { complete, ...taken } = await this.takeItems.run(source, { ...parsed.content, url: document.finalUrl }, now);
    const { etag, lastModified } = complete ? document : { etag: null, lastModified: null };
    const title = plainText(parsed.content.title.slice(0, 2_000)).slice(0, 200);
    await recordPolled(this.db, source.id, { title, etag, lastModified, movedTo: document.movedTo }, now);
    const beyond =
      parsed.leftOver > 0 ? [{ item: `${parsed.leftOver} more items`, reason: 'beyond the first 500' }] : [];
    const skipped = [...taken.skipped, ...beyond];
    await logSource(this.db, source.id, skipped, now);
    this.log.log({ source: source.id, added: taken.added, updated: taken.updated, skipped: skipped.length }, 'Polled');
    return { kind: 'polled', ...taken, skipped };
  }

  private async fail(
    source: PolledSource,
    reason: string,
    now: Instant,
    retryAfter: number | null = null,
  ): Promise<PollOutcome> {
    this.log.warn(`Source ${source.id}: ${reason}`);
    await recordFailure(this.db, source.id, reason, now, retryAfter);
    await logSource(this.db, source.id, [{ item: null, reason }], now);
    return { kind: 'failed', reason };
  }
}
