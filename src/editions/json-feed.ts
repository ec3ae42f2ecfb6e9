import type { Feed } from './archive-feed.js';

/** Writes a feed as JSON Feed 1.1 (jsonfeed.org). */
export function writeJsonFeed({ homeUrl, iconUrl, language, title, subtitle, entries }: Feed, url: string): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: homeUrl,
    feed_url: url,
    ...(subtitle && { description: subtitle }),
    icon: iconUrl,
    language,
    items: entries.map((entry) => ({
      id: entry.url,
      url: entry.url,
      title: entry.title,
      content_text: entry.summary,
      date_published: entry.publishedAt.toISOString(),
      date_modified: entry.updatedAt.toISOString(),
      authors: [{ name: entry.publisher }],
      tags: [entry.section],
      language: entry.language,
    })),
  });
}
