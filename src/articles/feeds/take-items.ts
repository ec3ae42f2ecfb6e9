import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import type { Instant } from '../../database/now.js';
import { sql } from '../../database/sql.js';
import { KeepFigures } from '../pictures/keep-figures.js';
import { byDesk, insertArticle, updateArticle } from '../write-article.js';
import { allowedHosts } from './allowed-hosts.js';
import { ReadForeign, tooSlow } from '../foreign/read-foreign.js';
import type { LocatedFeed } from './feed-item.js';
import type { Identified, Skipped, SourceSettings } from './identify-items.js';

export interface Taken {
  added: number;
  updated: number;
  unchanged: number;
  skipped: Skipped[];
  /** False when something of ours went wrong on the way, so that the same feed is worth another look. */
  complete: boolean;
}

interface KnownRow {
  id: string;
  source_id: string | null;
  guid: string | null;
  url: string;
  link: string | null;
  fingerprint: string | null;
  withdrawn: boolean;
}

/** All pictures of one poll together get this long. */
const picturesMs = 60_000;

/** The items of a feed → new and changed articles. Each item ends as an article or with a reason; the others go on. */
@Injectable()
export class TakeItems {
  private readonly log = new Logger(TakeItems.name);

  constructor(
    private readonly db: DataSource,
    private readonly readForeign: ReadForeign,
    private readonly keepFigures: KeepFigures,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(source: SourceSettings, feed: LocatedFeed, now: Instant): Promise<Taken> {
    const sorted = await this.readForeign.identify(feed, source);
    if (!sorted)
      return {
        ...{ added: 0, updated: 0, unchanged: 0, complete: true },
        skipped: [{ item: 'the whole feed', reason: tooSlow }],
      };
    const { identified, skipped } = sorted;
    const taken: Taken = { added: 0, updated: 0, unchanged: 0, skipped, complete: true };
    const known = await this.findKnown(source.id, identified);
    const signal = AbortSignal.timeout(picturesMs);
    for (const found of identified) {
      try {
        const outcome = await this.take(found, known(found), source, feed, now, signal);
        if (outcome in taken) taken[outcome as 'added' | 'updated' | 'unchanged']++;
        else taken.skipped.push({ item: found.title, reason: outcome });
      } catch (error) {
        this.log.error(`Source ${source.id}, item ${found.url}: ${String(error)}`);
        taken.skipped.push({ item: found.title, reason: 'an error on our side; tried again at the next poll' });
        taken.complete = false;
      }
    }
    return taken;
  }

  private async take(
    found: Identified,
    known: KnownRow | undefined,
    source: SourceSettings,
    feed: LocatedFeed,
    now: Instant,
    signal: AbortSignal,
  ): Promise<string> {
    if (known && known.source_id !== source.id) return 'already here, from elsewhere';
    if (known?.fingerprint === byDesk) return 'as the desk has written it';
    if (known?.withdrawn) return 'withdrawn by the desk';
    if (known?.fingerprint === found.fingerprint) return 'unchanged';

    const draft = await this.readForeign.draft(found, source, feed, now);
    if (!draft) return tooSlow;
    const rules = { allowHosts: allowedHosts(source, this.config), most: source.show === 'full' ? 10 : 1, now, signal };
    const { figures } = await this.keepFigures.run(draft.figures, rules);
    const text = { ...draft.text, figures, thin: draft.thin };
    if (known) return updateArticle(this.db, known.id, text, null, now);
    const id = await insertArticle(this.db, text, draft.slug, draft, now);
    return id ? 'added' : 'left alone'; // taken a moment ago, by another poll of the same feed
  }

  /** Finds the articles that items already are: by the feed's own id first, then by address. */
  private async findKnown(
    sourceId: string,
    identified: Identified[],
  ): Promise<(found: Identified) => KnownRow | undefined> {
    const rows = await sql<KnownRow>(
      this.db,
      `select id, source_id, guid, url, link, fingerprint, withdrawn_at is not null as withdrawn from article
        where (source_id = $1 and guid = any($2)) or url = any($3) or link = any($3)`,
      [sourceId, identified.flatMap(({ guid }) => guid ?? []), identified.map(({ url }) => url)],
    );
    const byGuid = new Map(rows.filter((row) => row.source_id === sourceId && row.guid).map((row) => [row.guid, row]));
    const byUrl = new Map(rows.flatMap((row) => [row.link ?? row.url, row.url].map((url) => [url, row] as const)));
    return ({ guid, url }) => (guid === null ? undefined : byGuid.get(guid)) ?? byUrl.get(url);
  }
}
