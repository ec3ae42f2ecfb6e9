import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { one } from '../database/sql.js';
import { fetchDocument, type Document } from '../fetching/fetch-document.js';
import { HostTurns } from '../fetching/host-turns.js';
import { refusalOf } from '../fetching/refusal-of.js';
import { ParseFeed } from './feeds/parse-feed.js';
import { ParsePage } from './pages/parse-page.js';
import { plainText } from './text/plain-text.js';

/** A feed that was read just now. `source`: the source that has it already. */
export interface FoundFeed {
  url: string;
  title: string;
  language: string | null;
  items: number;
  source: string | null;
}

export type Discovered = { kind: 'found'; feeds: FoundFeed[] } | { kind: 'refused' | 'failed'; reason: string };

const accept = 'text/html, application/xhtml+xml, application/rss+xml;q=0.9, application/atom+xml;q=0.9, */*;q=0.1';
const announced = /^application\/(?:rss|atom|feed|rdf)\+(?:xml|json)$|^application\/json$|^(?:application|text)\/xml$/;
/** Where feeds stand that no page announces. */
const customary = ['/feed', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml'];
const mostFeeds = 10;

/** A site's address → its feeds: the address itself, those that the page announces, else those at the customary places. Adds nothing. */
@Injectable()
export class DiscoverFeeds {
  constructor(
    private readonly db: DataSource,
    private readonly hosts: HostTurns,
    private readonly parseFeed: ParseFeed,
    private readonly parsePage: ParsePage,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(address: string): Promise<Discovered> {
    const refusal = await refusalOf(address, this.config.ALLOW_PRIVATE_HOSTS);
    if (refusal) return { kind: 'refused', reason: refusal };
    const fetched = await this.fetch(address);
    if (fetched.kind === 'failed') return { kind: 'failed', reason: fetched.reason };
    if (fetched.kind !== 'ok') return { kind: 'failed', reason: 'the server answered without a page' };
    const itself = await this.read(fetched);
    if (itself) return { kind: 'found', feeds: [itself] };

    const facts = await this.parsePage.run(fetched.body, fetched.charset);
    const named = (facts?.feeds ?? []).filter(({ type }) => announced.test(type)).map(({ href }) => href);
    const feeds = await this.readAll(named.length > 0 ? named : customary, fetched.finalUrl);
    return { kind: 'found', feeds };
  }

  private async readAll(addresses: string[], base: string): Promise<FoundFeed[]> {
    const urls = new Set(addresses.flatMap((address) => URL.parse(address, base)?.href ?? []));
    const found = new Map<string, FoundFeed>();
    for (const url of [...urls].slice(0, mostFeeds)) {
      const fetched = await this.fetch(url);
      const feed = fetched.kind === 'ok' ? await this.read(fetched) : null;
      if (feed) found.set(feed.url, feed);
    }
    return [...found.values()];
  }

  private fetch(url: string) {
    const allowHosts = this.config.ALLOW_PRIVATE_HOSTS;
    return this.hosts.take(url, allowHosts, () => fetchDocument(url, { accept, allowHosts }));
  }

  private async read({ body, charset, finalUrl: url }: Document): Promise<FoundFeed | null> {
    const parsed = await this.parseFeed.run(body, charset);
    if (parsed.kind === 'unreadable') return null;
    const { title, language, items } = parsed.content;
    const known = await one<{ id: string }>(this.db, `select id from source where url = $1 and state <> 'ended'`, [
      url,
    ]);
    return { url, title: plainText(title).slice(0, 200), language, items: items.length, source: known?.id ?? null };
  }
}
