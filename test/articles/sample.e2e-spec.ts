import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { LoadSample } from '../../src/articles/sample/load-sample.js';
import { sql } from '../../src/database/sql.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { pollAll, startNewsroom, type ArticleRow, type Newsroom } from './newsroom.js';

const start = Temporal.Instant.from('2026-11-24T05:00:00Z');
let database: TestDatabase;
let room: Newsroom;

beforeAll(async () => {
  database = await freshDatabase();
  room = await startNewsroom(database.url, { SEED: 'sample' });
});

afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const rows = () =>
  sql<ArticleRow>(
    room.app.get(DataSource),
    `select a.*, s.url as source_url from article a join source s on s.id = a.source_id order by published_at desc`,
  );

describe('the sample', () => {
  it('comes in as a feed: eight stories of the hours before the start, all with pictures, the lead first', async () => {
    expect(await room.app.get(LoadSample).run(start)).toMatchObject({ kind: 'polled', added: 8, skipped: [] });
    const articles = await rows();
    expect(articles[0]).toMatchObject({
      section: 'Middle East',
      publisher: 'Daily News Brief',
      show: 'full',
      language: 'en',
    });
    expect(articles[0]!.title).toContain('camp');
    expect(articles[0]!.figures).toHaveLength(3);
    expect(articles[0]!.figures[1]).toMatchObject({
      caption: expect.stringContaining('David Phillips'),
      width: 1200,
      height: 675,
    });
    expect(articles[0]!.body.match(/<h2>/g)!.length).toBeGreaterThan(3);
    expect(new Set(articles.map(({ section }) => section)).size).toBe(8);
    for (const article of articles) {
      expect(article.figures.length).toBeGreaterThan(0);
      const hours = (start.epochMilliseconds - article.published_at.getTime()) / 3_600_000;
      expect(hours).toBeGreaterThan(0.5);
      expect(hours).toBeLessThan(20);
      expect(article.standfirst.length).toBeLessThanOrEqual(400);
    }
  });

  it('shows each story on its page, with pictures of our own and links that live', async () => {
    const [lead] = await rows();
    const original = await fetch(lead!.url.replace(/^.*(?=\/sample)/, room.url));
    expect(original.status).toBe(200);
    expect(original.url).toBe(`${room.url}/articles/${lead!.slug}`);
    const html = await original.text();
    expect(html).toContain('Brig. Gen. David Phillips');
    expect(html).toContain('Andrew Card');
    for (const [, src] of html.matchAll(/<img[^>]+src="([^"]+)"/g)) {
      expect(src).toMatch(/^\/pictures\//);
      const picture = await fetch(room.url + src);
      expect(picture.headers.get('content-type')).toBe('image/jpeg');
      expect(picture.headers.get('cache-control')).toContain('immutable');
      expect((await picture.arrayBuffer()).byteLength).toBeLessThan(120_000);
    }
  });

  it('is the same after a second start, also on another port', async () => {
    const before = await rows();
    const later = start.add({ hours: 5 });
    expect(await room.app.get(LoadSample).run(later)).toEqual({ kind: 'not-modified' });
    await room.stop();
    room = await startNewsroom(database.url, { SEED: 'sample', PUBLIC_URL: 'https://brief.example' });
    expect(await room.app.get(LoadSample).run(later)).toMatchObject({ kind: 'polled', added: 0, updated: 0 });
    const after = await rows();
    expect(after.map(({ url: _url, source_url: _source, fingerprint: _print, ...rest }) => rest)).toEqual(
      before.map(({ url: _url, source_url: _source, fingerprint: _print, ...rest }) => rest),
    );
    expect(after[0]!.url).toBe('https://brief.example/sample/articles/camp-ashraf');
    expect(await sql(room.app.get(DataSource), `select id from source`)).toHaveLength(1);
  });

  it('is neither served nor polled without SEED=sample', async () => {
    const bare = await startNewsroom(database.url, { SEED: 'none' });
    try {
      expect((await fetch(`${bare.url}/sample/feed.xml`)).status).toBe(404);
      expect(await pollAll(bare, start.add({ hours: 48 }))).toBe(0);
      expect(await pollAll(room, start.add({ hours: 48 }))).toBe(1);
    } finally {
      await bare.stop();
    }
  });
});
