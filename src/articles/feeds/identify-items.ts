import { createHash } from 'node:crypto';
import { isVisible } from '../../api/visible.js';
import { canonicalUrl } from '../canonical-url.js';
import type { Source } from '../source.entity.js';
import { plainText } from '../text/plain-text.js';
import type { FeedItem, LocatedFeed } from './feed-item.js';

export type SourceSettings = Pick<
  Source,
  'id' | 'kind' | 'url' | 'title' | 'section' | 'language' | 'show' | 'complete' | 'sample' | 'polledAt'
>;

/** An item that can become an article, and what tells it from others. */
export interface Identified {
  item: FeedItem;
  title: string;
  url: string;
  guid: string | null;
  /** Of all the item says and of the source's settings: equal means that there is nothing to do. */
  fingerprint: string;
}

export interface Skipped {
  item: string;
  reason: string;
}

/** Sorts out what cannot be an article, each with its reason. */
export function identifyItems(
  feed: LocatedFeed,
  source: SourceSettings,
): { identified: Identified[]; skipped: Skipped[] } {
  const identify = identifier(feed, source);
  const identified = new Map<string, Identified>();
  const skipped: Skipped[] = [];
  for (const item of feed.items) {
    const found = identify(item);
    const reason = typeof found === 'string' ? found : identified.has(found.url) && 'the same address as another item';
    if (reason) skipped.push({ item: nameOf(item), reason });
    else if (typeof found !== 'string') identified.set(found.url, found);
  }
  return { identified: [...identified.values()], skipped };
}

function identifier(feed: LocatedFeed, source: SourceSettings): (item: FeedItem) => Identified | string {
  const guids = countGuids(feed.items);
  const publisher = publisherOf(source, feed);
  return (item) => {
    const title = plainText(item.title).slice(0, 300).trim();
    const url = item.link === null ? null : canonicalUrl(item.link, feed.url);
    if (!isVisible(title)) return 'no title';
    if (!url) return 'no usable link';
    // A guid that several items share tells nothing.
    const guid = item.guid && guids.get(item.guid) === 1 ? item.guid.slice(0, 500) : null;
    return { item, title, url, guid, fingerprint: fingerprintOf(item, publisher, source) };
  };
}

function nameOf({ title, link, guid }: FeedItem): string {
  return (plainText(title) || link || guid || 'an item without words').slice(0, 200);
}

function countGuids(items: FeedItem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { guid } of items) if (guid) counts.set(guid, (counts.get(guid) ?? 0) + 1);
  return counts;
}

/** Whom readers see as the one who publishes. */
export function publisherOf(source: SourceSettings, feed: LocatedFeed): string {
  return source.title || plainText(feed.title).slice(0, 200).trim() || new URL(source.url).hostname;
}

function fingerprintOf(item: FeedItem, publisher: string, { section, language, show }: SourceSettings): string {
  return createHash('sha256')
    .update(JSON.stringify([item, publisher, section, language, show]))
    .digest('base64url');
}
