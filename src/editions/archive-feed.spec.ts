import { describe, expect, it } from '@jest/globals';
import { parseFeed } from 'feedsmith';
import { writeFeed, type Feed, type FeedEntry } from './archive-feed.js';

const entry: FeedEntry = {
  ...{
    url: 'https://brief.example/articles/a?b=1&c=2',
    title: 'A <b>title</b> & "more"',
    summary: 'One.\u0000 \ud800Two.',
  },
  ...{ section: 'Middle East', publisher: 'O’Neill & Daughters', language: 'ar' },
  ...{ publishedAt: new Date('2026-11-24T04:10:00Z'), updatedAt: new Date('2026-11-24T05:00:00Z') },
};
const feed: Feed = {
  ...{
    url: 'https://brief.example/feed.xml',
    homeUrl: 'https://brief.example/',
    iconUrl: 'https://brief.example/assets/icon.svg',
  },
  ...{
    language: 'en',
    title: 'Daily news brief',
    subtitle: 'Every morning',
    updatedAt: new Date('2026-11-24T06:00:00Z'),
  },
  entries: [entry],
};

describe('writeFeed', () => {
  it('writes Atom that a feed reader reads back', () => {
    const parsed = parseFeed(writeFeed(feed));
    expect(parsed.format).toBe('atom');
    expect(parsed.feed).toMatchObject({
      id: feed.url,
      title: { value: feed.title },
      subtitle: { value: feed.subtitle },
      updated: '2026-11-24T06:00:00.000Z',
    });
    expect(parsed.feed).toMatchObject({
      entries: [
        {
          id: entry.url,
          title: { value: entry.title },
          links: [{ rel: 'alternate', href: entry.url }],
          published: '2026-11-24T04:10:00.000Z',
          authors: [{ name: entry.publisher }],
          categories: [{ term: 'Middle East' }],
        },
      ],
    });
  });

  it('escapes as the strictest parser wants it', () => {
    const xml = writeFeed(feed);
    expect(xml).toContain('<title>A &lt;b&gt;title&lt;/b&gt; &amp; &quot;more&quot;</title>');
    expect(xml).toContain('href="https://brief.example/articles/a?b=1&amp;c=2"');
  });

  it('drops what XML cannot hold', () => {
    expect(writeFeed(feed)).toContain('<summary>One. \ufffdTwo.</summary>');
  });

  it('is a valid feed before the first issue', () => {
    const xml = writeFeed({ ...feed, subtitle: '', entries: [] });
    expect(xml).not.toContain('<subtitle>');
    expect(parseFeed(xml).format).toBe('atom');
  });
});
