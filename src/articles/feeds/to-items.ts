import type { AnyFeed, AtomFeed, JsonFeed, RdfFeed, RssFeed } from 'feedsmith';
import type { FeedContent, FeedItem } from './feed-item.js';
import { mediaFigures } from './media-figures.js';

/** One shape out of the four formats. */
export function toItems({ format, feed }: AnyFeed): FeedContent {
  if (format === 'rss') return head(feed.title, feed.language ?? feed.dc?.languages?.[0], feed.items?.map(fromRss));
  if (format === 'atom') return head(asHtml(feed.title), feed.xml?.lang, feed.entries?.map(fromAtom));
  if (format === 'rdf') return head(feed.title, feed.dc?.languages?.[0], feed.items?.map(fromRdf));
  return head(feed.title, feed.language, feed.items?.map(fromJson));
}

function head(title: string | undefined, language: string | undefined, items: FeedItem[] | undefined): FeedContent {
  return { title: title ?? '', language: language ?? null, items: items ?? [] };
}

function fromRss(item: RssFeed.Item<string>): FeedItem {
  const permalink =
    item.guid?.isPermaLink !== false && /^https?:/.test(item.guid?.value ?? '') ? item.guid!.value : null;
  return {
    guid: item.guid?.value ?? null,
    link: item.link ?? permalink ?? null,
    title: item.title ?? '',
    summary: item.description ?? item.itunes?.summary ?? '',
    content: item.content?.encoded ?? '',
    author: item.dc?.creators?.join(', ') ?? item.authors?.[0]?.name ?? item.itunes?.author ?? null,
    categories: item.categories?.flatMap(({ name }) => name ?? []) ?? item.dc?.subjects ?? [],
    language: item.dc?.languages?.[0] ?? null,
    published: item.pubDate ?? item.dc?.dates?.[0] ?? null,
    figures: mediaFigures(item),
  };
}

function fromAtom(entry: AtomFeed.Entry<string>): FeedItem {
  const links = entry.links ?? [];
  const enclosures = links.filter(({ rel }) => rel === 'enclosure').map(({ href: url, type }) => ({ url, type }));
  return {
    guid: entry.id ?? null,
    link: links.find(({ rel }) => rel === undefined || rel === 'alternate')?.href ?? null,
    title: asHtml(entry.title),
    summary: asHtml(entry.summary),
    content: asHtml(entry.content),
    author: entry.authors?.flatMap(({ name }) => name ?? []).join(', ') || null,
    categories: entry.categories?.flatMap(({ label, term }) => label ?? term ?? []) ?? [],
    language: entry.xml?.lang ?? null,
    published: entry.published ?? entry.updated ?? null,
    figures: mediaFigures({ media: entry.media, enclosures }),
  };
}

function fromRdf(item: RdfFeed.Item<string>): FeedItem {
  return {
    guid: item.rdf?.about ?? null,
    link: item.link ?? null,
    title: item.title ?? '',
    summary: item.description ?? '',
    content: item.content?.encoded ?? '',
    author: item.dc?.creators?.join(', ') ?? null,
    categories: item.dc?.subjects ?? [],
    language: item.dc?.languages?.[0] ?? null,
    published: item.dc?.dates?.[0] ?? null,
    figures: mediaFigures({ media: item.media }),
  };
}

function fromJson(item: JsonFeed.Item<string>): FeedItem {
  const image = item.image ?? item.banner_image;
  return {
    guid: item.id ?? null,
    link: item.url ?? item.external_url ?? null,
    title: escapeText(item.title ?? ''),
    summary: escapeText(item.summary ?? ''),
    content: item.content_html ?? escapeText(item.content_text ?? ''),
    author: item.authors?.flatMap(({ name }) => name ?? []).join(', ') || null,
    categories: item.tags ?? [],
    language: item.language ?? null,
    published: item.date_published ?? null,
    figures: image ? [{ src: image, alt: '', caption: '', credit: '' }] : [],
  };
}

/** Atom says whether a text is markup or to be taken word for word (RFC 4287, section 3.1). */
function asHtml(text: AtomFeed.Text | AtomFeed.Content | undefined): string {
  const value = text?.value ?? '';
  return text?.type === 'html' || text?.type === 'xhtml' ? value : escapeText(value);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
