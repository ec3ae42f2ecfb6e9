/** An Atom feed, as data. All addresses are absolute. */
export interface Feed {
  /** Its own address, and its id. */
  url: string;
  homeUrl: string;
  iconUrl: string;
  language: string;
  title: string;
  subtitle: string;
  updatedAt: Date;
  entries: FeedEntry[];
}

export interface FeedEntry {
  url: string;
  title: string;
  summary: string;
  section: string;
  publisher: string;
  language: string;
  publishedAt: Date;
  updatedAt: Date;
}

/** Writes a feed as Atom 1.0 (RFC 4287). */
export function writeFeed(feed: Feed): string {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(feed.language)}">`,
    `<id>${xml(feed.url)}</id>`,
    `<title>${xml(feed.title)}</title>`,
    ...(feed.subtitle ? [`<subtitle>${xml(feed.subtitle)}</subtitle>`] : []),
    `<updated>${feed.updatedAt.toISOString()}</updated>`,
    `<author><name>${xml(feed.title)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${xml(feed.url)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(feed.homeUrl)}"/>`,
    `<icon>${xml(feed.iconUrl)}</icon>`,
    ...feed.entries.flatMap(writeEntry),
    '</feed>',
    '',
  ];
  return lines.join('\n');
}

function writeEntry(entry: FeedEntry): string[] {
  return [
    `<entry xml:lang="${xml(entry.language)}">`,
    `<id>${xml(entry.url)}</id>`,
    `<title>${xml(entry.title)}</title>`,
    `<link rel="alternate" type="text/html" href="${xml(entry.url)}"/>`,
    `<published>${entry.publishedAt.toISOString()}</published>`,
    `<updated>${entry.updatedAt.toISOString()}</updated>`,
    `<author><name>${xml(entry.publisher)}</name></author>`,
    `<category term="${xml(entry.section)}"/>`,
    ...(entry.summary ? [`<summary>${xml(entry.summary)}</summary>`] : []),
    '</entry>',
  ];
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes, and drops what XML 1.0 cannot hold at all (§2.2): most controls, lone surrogates, two noncharacters. */
function xml(text: string): string {
  const legal = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return legal.replace(/[&<>"']/g, (character) => entities[character]!);
}
