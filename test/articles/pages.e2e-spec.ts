import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { DataSource } from 'typeorm';
import { sql } from '../../src/database/sql.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { call, completeAll, Paper, pollAll, startNewsroom, type Newsroom } from './newsroom.js';

const start = Temporal.Instant.from('2026-11-24T05:00:00Z');
const sample = (name: string) => readFileSync(new URL(`../samples/pages/${name}.html`, import.meta.url), 'utf8');
let database: TestDatabase;
let paper: Paper;
let other: Paper;
let shut: Paper;
let room: Newsroom;

beforeAll(async () => {
  paper = await new Paper().start();
  other = await new Paper().start();
  shut = await new Paper().start();
  paper.answers['/robots.txt'] = (response) => response.end('User-agent: *\nDisallow: /private/\n');
  shut.answers['/robots.txt'] = (response) => response.writeHead(500).end();
  database = await freshDatabase();
  room = await startNewsroom(database.url, {
    ALLOW_PRIVATE_HOSTS: [paper, other, shut].map(({ host }) => host).join(),
  });
});

afterAll(async () => {
  await room?.stop();
  await paper?.stop();
  await other?.stop();
  await shut?.stop();
  await database?.drop();
});

beforeEach(async () => {
  await sql(db(), `truncate article, source cascade`);
  for (const { asked } of [paper, other, shut]) asked.length = 0;
});

const db = () => room.app.get(DataSource);
const round = async (minutes = 0) => {
  await pollAll(room, start.add({ minutes }));
  await completeAll(room, start.add({ minutes }));
};
const addSource = (url: string, more: object = {}) => call(`${room.url}/api/v1/sources`, 'POST', { url, ...more });
const duePollsAt = () => sql(db(), `update source set next_poll_at = $1`, [start]);
const articles = () => sql<Row>(db(), `select * from article order by id`);

interface Row {
  id: string;
  url: string;
  title: string;
  body: string;
  page_problem: string | null;
  published_at: Date;
}

/** Serves a page of the samples as this paper's own. */
function page(from: Paper, path: string, name: string): string {
  from.answers[path] = (response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(sample(name).replaceAll('https://paper.example', from.url));
  return from.url + path;
}

const thin = (link: string, title = 'Cracks close a bridge') =>
  `<item><title>${title}</title><link>${link}</link></item>`;

describe('a thin item', () => {
  it('is completed from its page: standfirst, body, author, section, lead picture with its words, address and date', async () => {
    const bytes = await sharp({ create: { width: 1200, height: 800, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    paper.answers['/img/bridge-1200.jpg'] = (response) => response.end(bytes);
    const link = page(paper, '/a?ref=feed', 'blog-engine');
    await addSource(paper.feed('/feed', thin(link)));
    await duePollsAt();
    await round();
    expect(await articles()).toMatchObject([
      {
        url: `${paper.url}/world/sava-bridge`,
        link,
        title: 'Cracks close a bridge',
        standfirst: expect.stringContaining('cracks in two'),
        body: expect.stringContaining('have a long queue than a short bridge'),
        author: 'Ana Kos',
        section: 'Europe',
        figures: [
          {
            src: expect.stringMatching(/^\/pictures\//),
            caption: expect.stringContaining('Lorries wait'),
            credit: 'Ana Kos/The Paper',
          },
        ],
        published_at: new Date('2026-11-23T19:15:00Z'),
        dated: true,
        page_wanted: false,
      },
    ]);
    expect((await articles())[0]!.body).not.toContain('newsletter');

    paper.feed('/feed', thin(link, 'Bridge closed'));
    await duePollsAt();
    await round();
    const [article, ...more] = await articles();
    expect(more).toEqual([]);
    expect(article).toMatchObject({
      title: 'Bridge closed',
      url: `${paper.url}/world/sava-bridge`,
      body: expect.stringContaining('short bridge'),
    });
    const versions = await call(`${room.url}/api/v1/articles/${article!.id}/versions`, 'GET');
    expect(versions.json.items).toMatchObject([{ title: 'Cracks close a bridge' }]);
  });

  it('stays as it is where robots.txt says so, where it cannot be read, and where the source says so', async () => {
    const links = [page(paper, '/private/a', 'amp'), page(paper, '/open/b', 'gallery'), page(shut, '/c', 'amp')];
    await addSource(paper.feed('/robots', ...links.map((link, at) => thin(link, `Item ${at}`))));
    await addSource(other.feed('/off', thin(page(paper, '/open/d', 'opinion'), 'Item 3')), { complete: false });
    await duePollsAt();
    await round();
    const problems = (await articles())
      .sort((a, b) => (a.title < b.title ? -1 : 1))
      .map(({ page_problem, body }) => [page_problem, body !== '']);
    expect(problems).toEqual([
      ['robots.txt asks us not to read this page', false],
      [null, true],
      ['robots.txt cannot be read: the server answered 500', false],
      [null, false],
    ]);
    expect(paper.asked).not.toContain('/private/a');
    expect(shut.asked).not.toContain('/c');
    expect(paper.asked).not.toContain('/open/d');
  });

  it('takes no notice for an article, nor a front page, nor what is no page', async () => {
    page(paper, '/', 'opinion');
    paper.answers['/moved'] = (response) => response.writeHead(302, { location: '/' }).end();
    paper.answers['/pdf'] = (response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF');
    const links = [page(paper, '/soft-404', 'not-found'), `${paper.url}/moved`, `${paper.url}/pdf`];
    await addSource(paper.feed('/notices', ...links.map((link, at) => thin(link, `Item ${at}`))));
    await duePollsAt();
    await round();
    expect((await articles()).map(({ page_problem, body }) => [page_problem, body])).toEqual([
      [null, ''],
      ['its address leads to the front page', ''],
      ['not a web page but application/pdf', ''],
    ]);
  });
});

describe('one agency text', () => {
  it('is two articles of two publishers, and the second is known as the same text', async () => {
    await addSource(paper.feed('/one', thin(page(paper, '/one-a', 'amp'), 'A reef comes back')), {
      title: 'The Paper',
    });
    await duePollsAt();
    await round();
    await addSource(other.feed('/two', thin(page(other, '/two-a', 'opinion'), 'Coral returns')), {
      title: 'The Other',
    });
    await duePollsAt();
    await round();
    const [first, second] = await articles();
    expect(first).toMatchObject({ publisher: 'The Paper', same_text_as: null });
    expect(second).toMatchObject({ publisher: 'The Other', same_text_as: first!.id });
  });
});

describe('a page to watch', () => {
  it('brings its links to articles, completed; what stood on it before is no news', async () => {
    const link = page(paper, '/2026/11/tarn-throws-out-its-government', 'script-shell');
    const links = [
      `<a href="${link}#top">Tarn throws out its government, canteen party wins</a>`,
      '<a href="/europe">Europe and everything that happens in it</a>',
      '<a href="https://elsewhere.example/2026/11/an-article-of-others">An article of somebody else, far away</a>',
      '<a href="javascript:alert(1)">A link that runs a script of its own accord</a>',
      '<a href="/2026/11/21/quiet-day-on-the-river">More</a>',
    ];
    paper.answers['/front'] = (response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<html lang="en"><title>Front</title>${links.join('<br>')}`);
    const { json } = await addSource(`${paper.url}/front`, { kind: 'page' });
    await duePollsAt();
    await pollAll(room, start);
    expect(await articles()).toMatchObject([
      { url: link, dated: false, published_at: new Date('2026-11-22T17:00:00Z') },
    ]);
    await completeAll(room, start);
    expect(await articles()).toMatchObject([
      {
        title: 'Tarn throws out its government',
        author: 'The Paper',
        dated: true,
        published_at: new Date('2026-11-23T23:40:00Z'),
      },
    ]);

    paper.answers['/front'] = (response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>We are closed.</p>');
    const polled = await call(`${room.url}/api/v1/sources/${json.id}/poll`, 'POST');
    expect(polled.json).toMatchObject({
      kind: 'failed',
      reason: 'the page has no links that look like articles of its own site',
    });
  });
});
