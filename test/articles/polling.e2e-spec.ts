import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { WithdrawArticle } from '../../src/articles/withdraw-article.js';
import { sql } from '../../src/database/sql.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import {
  call,
  item,
  Paper,
  pollAll,
  startNewsroom,
  type ArticleRow,
  type Newsroom,
  type SourceRow,
} from './newsroom.js';

const start = Temporal.Instant.from('2026-11-24T05:00:00Z');
const minutes = (count: number) => start.add({ minutes: count });
let database: TestDatabase;
let paper: Paper;
let room: Newsroom;

beforeAll(async () => {
  paper = await new Paper().start();
  database = await freshDatabase();
  room = await startNewsroom(database.url, { ALLOW_PRIVATE_HOSTS: paper.host });
});

afterAll(async () => {
  await room?.stop();
  await paper?.stop();
  await database?.drop();
});

beforeEach(async () => {
  await sql(db(), `truncate article, source cascade`);
  paper.asked.length = 0;
});

const db = () => room.app.get(DataSource);
const poll = (now = start) => pollAll(room, now);

const articles = () => sql<ArticleRow>(db(), `select * from article order by id`);
const sources = () => sql<SourceRow>(db(), `select * from source order by id`);

async function addSource(url: string): Promise<string> {
  const [row] = await sql<{ id: string }>(
    db(),
    `insert into source (kind, url, created_at, next_poll_at) values ('feed', $1, $2, $2) returning id`,
    [url, start],
  );
  return row!.id;
}

describe('a poll', () => {
  it('makes clean articles out of items, one for each address', async () => {
    await addSource(
      paper.feed(
        '/feed',
        item('a', '<pubDate>Mon, 23 Nov 2026 20:00:00 GMT</pubDate><category>Business</category>'),
        item('b', '<pubDate>Fri, 01 Jan 2038 00:00:00 GMT</pubDate>'),
        item('c', '<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>'),
      ),
    );
    expect(await poll()).toBe(1);
    const [a, b, c] = await articles();
    expect(a).toMatchObject({
      url: 'https://paper.example/a',
      title: 'Story a',
      standfirst: 'What story a is about.',
      section: 'Economy',
      language: 'en-GB',
      publisher: 'The Paper',
      show: 'excerpt',
      published_at: new Date('2026-11-23T20:00:00Z'),
      first_seen_at: new Date(start.epochMilliseconds),
    });
    expect(b!.published_at).toEqual(new Date(start.epochMilliseconds)); // the future is now
    expect(c!.published_at).toEqual(new Date(start.epochMilliseconds)); // 1970 is no date
  });

  it('asks conditionally, changes nothing when nothing changed, and keeps dates and slugs when words change', async () => {
    const id = await addSource(paper.feed('/changing', item('a'), item('b')));
    await poll();
    const before = await articles();
    await poll(minutes(15));
    expect((await sources())[0]).toMatchObject({
      failures: 0,
      problem: null,
      polled_at: new Date(minutes(15).epochMilliseconds),
    });
    expect(await articles()).toEqual(before);

    paper.feed(
      '/changing',
      item('a', '<pubDate>Mon, 23 Nov 2026 20:00:00 GMT</pubDate>').replace(
        '<title>Story a',
        '<title>Story A, corrected',
      ),
      item('b'),
    );
    const polled = await call(`${room.url}/api/v1/sources/${id}/poll`, 'POST');
    expect(polled).toMatchObject({ status: 200, json: { kind: 'polled', added: 0, updated: 1, unchanged: 1 } });
    const [a, b] = await articles();
    expect(a).toMatchObject({
      title: 'Story A, corrected',
      slug: before[0]!.slug,
      published_at: before[0]!.published_at,
      first_seen_at: before[0]!.first_seen_at,
    });
    expect(b).toEqual(before[1]);
  });

  it('does not bring back what was withdrawn, nor overwrite what the desk has written', async () => {
    const id = await addSource(paper.feed('/stale', item('a'), item('b')));
    await poll();
    const [a, b] = await articles();
    await room.app.get(WithdrawArticle).run(a!.id, minutes(1));
    expect((await call(`${room.url}/api/v1/articles/${b!.id}`, 'PATCH', { title: 'By the desk' })).status).toBe(200);

    paper.feed('/stale', item('a').replace('Story a', 'Story a again'), item('b').replace('Story b', 'Story b again'));
    const { json } = await call(`${room.url}/api/v1/sources/${id}/poll`, 'POST');
    expect(json).toMatchObject({
      added: 0,
      updated: 0,
      skipped: [{ reason: 'withdrawn by the desk' }, { reason: 'as the desk has written it' }],
    });
    expect(await articles()).toMatchObject([
      { title: 'Story a', withdrawn_at: expect.any(Date) },
      { title: 'By the desk' },
    ]);
    expect((await fetch(`${room.url}/articles/${a!.slug}`)).status).toBe(410);
    expect((await fetch(`${room.url}/articles/${b!.slug}`)).status).toBe(200);
    expect((await fetch(`${room.url}/articles/no-such-article`)).status).toBe(404);
  });

  it('that is under way when the desk withdraws an article leaves it withdrawn', async () => {
    const id = await addSource(paper.feed('/midway', item('mid')));
    await poll();
    const [article] = await articles();
    paper.answers['/midway.jpg'] = (response) => {
      void room.app
        .get(WithdrawArticle)
        .run(article!.id, minutes(1))
        .then(() => response.writeHead(404).end());
    };
    const picture = `<media:content url="${paper.url}/midway.jpg" medium="image"/>`;
    paper.feed('/midway', item('mid', picture).replace('Story mid', 'Story mid, changed'));
    expect((await call(`${room.url}/api/v1/sources/${id}/poll`, 'POST')).json).toMatchObject({ updated: 0 });
    expect(await articles()).toMatchObject([{ title: 'Story mid', withdrawn_at: expect.any(Date) }]);
  });

  it('keeps going when sources fail, each with its reason, and waits longer each time', async () => {
    paper.answers['/page'] = (response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Hello</title>');
    paper.answers['/empty'] = (response) => response.writeHead(200).end('  ');
    paper.answers['/cut'] = (response) =>
      response.writeHead(200).end(`<rss version="2.0"><channel>${item('x')}<item><title>y`);
    paper.answers['/laughs'] = (response) =>
      response
        .writeHead(200)
        .end(
          '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>',
        );
    paper.answers['/gone'] = (response) => response.writeHead(410).end();
    for (const path of ['/page', '/empty', '/cut', '/laughs', '/gone', '/missing']) await addSource(paper.url + path);
    await addSource('http://127.0.0.2:9/private');
    await addSource(paper.feed('/well', item('well')));
    expect(await poll()).toBe(8);
    expect((await sources()).map(({ problem, state }) => `${state}: ${problem}`)).toEqual([
      'active: this is a web page, not a feed',
      'active: the feed is empty',
      'active: the feed is cut off inside <title>',
      'active: the feed declares entities of its own (DTD), which is refused',
      'ended: the server says the feed is gone for good (410)',
      'active: the server answered 404',
      'active: 127.0.0.2 is a private or reserved address; ALLOW_PRIVATE_HOSTS opens named hosts',
      'active: null',
    ]);
    expect(await articles()).toMatchObject([{ title: 'Story well' }]);

    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      const [page] = await sources();
      waits.push((page!.next_poll_at.getTime() - page!.polled_at.getTime()) / 60_000);
      await poll(Temporal.Instant.fromEpochMilliseconds(page!.next_poll_at.getTime()));
    }
    expect(waits).toEqual([30, 60, 120, 240, 360, 360]);
  });

  it('follows a source that has moved for good, and stays away as long as it is told to', async () => {
    const id = await addSource(`${paper.url}/old`);
    paper.answers['/old'] = (response) => response.writeHead(301, { location: paper.feed('/new', item('n')) }).end();
    await poll();
    const view = async () => (await call(`${room.url}/api/v1/sources/${id}`, 'GET')).json;
    expect(await view()).toMatchObject({ url: `${paper.url}/new`, intervalMinutes: 15 });

    paper.answers['/new'] = (response) => response.writeHead(503, { 'retry-after': '7200' }).end();
    await poll(minutes(15));
    expect(await view()).toMatchObject({
      problem: 'the server answered 503',
      nextPollAt: minutes(135).toString().replace('Z', '.000Z'),
    });
  });

  it('comes as often as the source publishes', async () => {
    const dates = ['04:59', '04:50', '04:41', '04:32', '04:23'];
    const items = dates.map((time, at) => item(`often-${at}`, `<pubDate>Tue, 24 Nov 2026 ${time}:00 GMT</pubDate>`));
    await addSource(paper.feed('/often', ...items));
    await poll();
    expect(await sources()).toMatchObject([{ next_poll_at: new Date(minutes(5).epochMilliseconds) }]);
  });

  it('is made once, though two instances tick in the same second', async () => {
    const other = await startNewsroom(database.url, { ALLOW_PRIVATE_HOSTS: paper.host });
    try {
      const urls = Array.from({ length: 20 }, (_, index) => paper.feed(`/many/${index}`, item(`m${index}`)));
      for (const url of urls) await addSource(url);
      const counts = await Promise.all([poll(), pollAll(other, start)]);
      expect(counts[0] + counts[1]).toBe(20);
      expect([...paper.asked].sort()).toEqual(urls.map((url) => url.slice(paper.url.length)).sort());
      expect(await articles()).toHaveLength(20);
    } finally {
      await other.stop();
    }
  });

  it('does not let one source change the articles of another, nor a shared guid merge stories', async () => {
    await addSource(paper.feed('/first', item('shared')));
    await poll();
    const second = await addSource(
      paper.feed(
        '/second',
        item('shared').replace('Story shared', 'Taken over'),
        ...['p', 'q'].map((id) => item(id).replace(`>${id}</guid>`, '>same</guid>')),
      ),
    );
    const { json } = await call(`${room.url}/api/v1/sources/${second}/poll`, 'POST');
    expect(json).toMatchObject({ added: 2, skipped: [{ reason: 'already here, from elsewhere' }] });
    const twins = ['p', 'q'].map((id) =>
      item(id, '<category>Asia</category>').replace(`>${id}</guid>`, '>same</guid>'),
    );
    paper.feed('/second', ...twins);
    expect((await call(`${room.url}/api/v1/sources/${second}/poll`, 'POST')).json).toMatchObject({ updated: 2 });
    const told = (await articles()).map(({ title, section }) => `${title}, ${section}`);
    expect(told).toEqual(['Story shared, World', 'Story p, Asia', 'Story q, Asia']);
  });
});
