import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { sql } from '../../src/database/sql.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { call, Paper, startNewsroom, type Newsroom } from './newsroom.js';

const start = Temporal.Instant.from('2026-11-24T05:00:00Z');
let database: TestDatabase;
let paper: Paper;
let other: Paper;
let room: Newsroom;

beforeAll(async () => {
  paper = await new Paper().start();
  other = await new Paper().start();
  database = await freshDatabase();
  room = await startNewsroom(database.url, { ALLOW_PRIVATE_HOSTS: `${paper.host},${other.host}` });
});

afterAll(async () => {
  await room?.stop();
  await paper?.stop();
  await other?.stop();
  await database?.drop();
});

beforeEach(() => sql(db(), `truncate source cascade`));

const db = () => room.app.get(DataSource);
const addSource = (url: string) => call(`${room.url}/api/v1/sources`, 'POST', { url });
const thin = (link: string) => `<item><title>Cracks close a bridge</title><link>${link}</link></item>`;

describe('the feeds of a site', () => {
  const discover = (url: string) => call(`${room.url}/api/v1/sources/discover`, 'POST', { url });
  const html = (from: Paper, path: string, text: string) => {
    from.answers[path] = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(text);
    return from.url + path;
  };

  it('are those that its page announces and that can be read, or the address itself', async () => {
    const feed = paper.feed('/announced', thin(`${paper.url}/a`));
    const links = ['/announced', '/broken'].map(
      (href) => `<link rel="alternate" type="application/rss+xml" href="${href}">`,
    );
    const site = html(paper, '/site', `<html><head>${links.join('')}</head><body>News</body></html>`);
    expect((await discover(site)).json).toEqual({
      items: [{ url: feed, title: 'The Paper', language: 'en-gb', items: 1, source: null }],
      nextCursor: null,
    });
    expect((await discover(feed)).json.items).toMatchObject([{ url: feed }]);
    await addSource(feed);
    expect((await discover(site)).json.items).toMatchObject([{ source: expect.any(String) }]);
  });

  it('are read ten at most, and nothing that is announced as something else', async () => {
    const others = ['text/html', 'application/json+oembed'].map((type, at) => ({ type, href: `/other-${at}` }));
    const many = Array.from({ length: 12 }, (_, at) => ({ type: 'application/rss+xml', href: `/many-${at}` }));
    for (const { href } of many) paper.feed(href, thin(`${paper.url}/a`));
    const links = [...others, ...many].map(({ type, href }) => `<link rel="alternate" type="${type}" href="${href}">`);
    paper.asked.length = 0;
    const { json } = await discover(
      html(paper, '/crowded', `<html><head>${links.join('')}</head><body>News</body></html>`),
    );
    expect(json.items).toHaveLength(10);
    expect(paper.asked).toEqual(['/crowded', ...many.slice(0, 10).map(({ href }) => href)]);
  });

  it('are looked for at the customary places when no page tells; none is an answer, too', async () => {
    expect((await discover(html(other, '/quiet', '<p>News</p>'))).json.items).toEqual([]);
    const feed = other.feed('/rss.xml', thin(`${other.url}/a`));
    expect((await discover(`${other.url}/quiet`)).json.items).toMatchObject([{ url: feed }]);
  });

  it.each(['http://169.254.169.254/', 'http://127.0.0.2:1/', 'ftp://paper.example/'])(
    '%s is refused with the field',
    async (url) => {
      expect(await discover(url)).toMatchObject({ status: 422, json: { errors: [{ path: 'url' }] } });
    },
  );
});

describe('OPML', () => {
  it('brings feeds in, tells what came of each, and gives them back', async () => {
    const outline = (url: string) => `<outline type="rss" text="Paper" xmlUrl="${url}"/>`;
    const feeds = [`${paper.url}/one`, `${paper.url}/one`, 'http://169.254.169.254/', 'javascript:alert(1)'].map(
      outline,
    );
    const opml = `<opml version="2.0"><head/><body><outline text="Asia">${feeds.join('')}</outline></body></opml>`;
    const { json } = await call(`${room.url}/api/v1/sources/opml`, 'POST', { opml });
    expect(json.items).toMatchObject([
      { outcome: 'added' },
      { outcome: 'already here' },
      { outcome: 'refused' },
      { outcome: 'refused' },
    ]);
    const written = await (await fetch(`${room.url}/api/v1/sources/opml`)).text();
    expect(written).toContain(`xmlUrl="${paper.url}/one"`);
    expect(written).toContain('text="Asia"');
    const ended = await addSource(paper.feed('/ended', thin(`${paper.url}/a`)));
    paper.answers['/ended'] = (response) => response.writeHead(410).end();
    await call(`${room.url}/api/v1/sources/${ended.json.id}/poll`, 'POST');
    await sql(
      db(),
      `insert into source (kind, url, sample, created_at, next_poll_at) values ('feed', 'https://sample.example/', true, $1, $1)`,
      [start],
    );
    const after = await (await fetch(`${room.url}/api/v1/sources/opml`)).text();
    expect(after).toBe(written); // neither one that has ended nor the sample is passed on
    paper.feed('/ended', thin(`${paper.url}/a`));
    const found = await call(`${room.url}/api/v1/sources/discover`, 'POST', { url: `${paper.url}/ended` });
    expect(found.json.items).toMatchObject([{ source: null }]); // and may be added anew
    expect(await call(`${room.url}/api/v1/sources/opml`, 'POST', { opml: 'words' })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'opml' }] },
    });
  });
});
