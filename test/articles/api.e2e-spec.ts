import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { DataSource } from 'typeorm';
import { sql } from '../../src/database/sql.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { call, item, Paper, startNewsroom, type Newsroom } from './newsroom.js';

let database: TestDatabase;
let paper: Paper;
let room: Newsroom;

beforeAll(async () => {
  paper = await new Paper().start();
  database = await freshDatabase();
  room = await startNewsroom(database.url, { ALLOW_PRIVATE_HOSTS: paper.host, PUBLIC_URL: 'http://localhost:3000' });
  const picture = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#884422' } })
    .png()
    .toBuffer();
  paper.answers['/p.png'] = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
});

afterAll(async () => {
  await room?.stop();
  await paper?.stop();
  await database?.drop();
});

const articles = (method: string, path = '', body?: unknown) =>
  call(`${room.url}/api/v1/articles${path}`, method, body);
const sources = (method: string, path = '', body?: unknown) => call(`${room.url}/api/v1/sources${path}`, method, body);

describe('pushing an article', () => {
  it('makes a clean article with its pictures copied and a page of its own', async () => {
    const { status, json } = await articles('POST', '', {
      title: 'Talks go on',
      standfirst: 'A short <b>summary</b>.',
      body: `<h1>Sub</h1><p onclick="x()">Body</p><script>alert(1)</script><img src=x onerror=alert(1)>`,
      figures: [{ src: `${paper.url}/p.png`, alt: 'Alt', caption: 'Caption & more', credit: 'Me' }],
      section: 'Europe',
      author: 'Ada',
      publishedAt: '2026-01-02T03:04:05+02:00',
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      title: 'Talks go on',
      standfirst: 'A short summary.',
      body: '<h2>Sub</h2>\n<p>Body</p>',
      figures: [{ alt: 'Alt', caption: 'Caption & more', credit: 'Me' }],
      section: 'Europe',
      language: 'en',
      publisher: 'Daily News Brief',
      show: 'full',
      source: null,
      publishedAt: '2026-01-02T01:04:05.000Z',
      withdrawnAt: null,
    });
    expect(json.url).toBe(json.page);
    expect(json.leftOut).toHaveLength(1);
    const path = new URL(json.page).pathname;
    const page = await (await fetch(room.url + path)).text();
    expect(page).toContain('Caption &amp; more');
    expect(page).not.toMatch(/<script(?! src="\/assets\/| type="application\/ld\+json")/);
    expect((await fetch(room.url + new URL(json.figures[0]!.src).pathname)).status).toBe(200);
  });

  it('needs little: a title and some text', async () => {
    const { status, json } = await articles('POST', '', { title: 'Bare', standfirst: 'That is all.' });
    expect(status).toBe(201);
    expect(json).toMatchObject({ section: 'World', language: 'en', author: null, body: '', figures: [] });
  });

  it('of the same address brings it up to date, and keeps when it was first seen', async () => {
    const first = await articles('POST', '', {
      title: 'One',
      body: '<p>1</p>',
      url: 'https://Paper.example/x?utm_source=a#b',
      publishedAt: '2026-01-01T00:00:00Z',
    });
    const again = await articles('POST', '', { title: 'Two', body: '<p>2</p>', url: 'https://paper.example/x' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.json).toMatchObject({
      id: first.json.id,
      slug: first.json.slug,
      title: 'Two',
      url: 'https://paper.example/x',
      firstSeenAt: first.json.firstSeenAt,
      publishedAt: first.json.publishedAt,
    });
    const own = await articles('POST', '', { title: 'Own', body: 'x' });
    const ownAgain = await articles('POST', '', { title: 'Own, again', body: 'x', url: own.json.url });
    expect(ownAgain).toMatchObject({ status: 200, json: { id: own.json.id, title: 'Own, again' } });
  });

  it('at once from many sides makes one', async () => {
    const pushed = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        articles('POST', '', { title: `Race ${index}`, body: 'x', url: 'https://paper.example/race' }),
      ),
    );
    expect(pushed.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
    expect(new Set(pushed.map(({ json }) => json.id)).size).toBe(1);
  });

  it.each([
    [{ body: 'x' }, 'title'],
    [{ title: 'x' }, 'body'],
    [{ title: 'a\r\nBcc: all@example.org', body: 'x' }, 'title'],
    [{ title: 'a\u202eb', body: 'x' }, 'title'],
    [{ title: ' ', body: 'x' }, 'title'],
    [{ title: 'x', body: 'x', url: 'javascript:alert(1)' }, 'url'],
    [{ title: 'x', body: 'x', url: 'http://localhost:3000/articles/no-such' }, 'url'],
    [{ title: 'x', body: 'x', language: 'English!' }, 'language'],
    [{ title: 'x', body: 'x', publishedAt: 'yesterday' }, 'publishedAt'],
    [{ title: 'x', body: 'x', figures: [{ src: 'data:image/png;base64,AAAA' }] }, 'figures.0.src'],
    [
      { title: 'x', body: 'x', figures: [{ src: 'https://paper.example/a.jpg' }, { src: 'ftp://x/' }] },
      'figures.1.src',
    ],
    [{ title: 'x', body: 'x', figures: [{ src: 'http://127.0.0.1:1/x.jpg' }] }, 'figures.0.src'],
    [{ title: 'x', body: 'x', figures: [{ src: 'http://169.254.169.254/x.jpg' }] }, 'figures.0.src'],
    [{ title: 'x', body: 'x', headline: 'y' }, 'headline'],
  ])('%j is refused, naming the field and the fix', async (body, path) => {
    const { status, json } = await articles('POST', '', body);
    expect({ status, path: json.errors?.[0]?.path }).toEqual({ status: 422, path });
    expect(json.errors[0]!.fix).toEqual(expect.stringMatching(/.{10}/));
  });

  it('tells what to do instead of a data: address', async () => {
    const { json } = await articles('POST', '', {
      title: 'x',
      body: 'x',
      figures: [{ src: 'data:image/png;base64,AA' }],
    });
    expect(json.errors).toHaveLength(1);
    expect(json.errors[0]!.fix).toContain('web server');
  });

  it('says which pictures could not be had', async () => {
    const { status, json } = await articles('POST', '', {
      title: 'x',
      body: 'x',
      figures: [{ src: `${paper.url}/none.jpg` }, { src: `${paper.url}/p.png` }],
    });
    expect(status).toBe(201);
    expect(json.figures).toHaveLength(1);
    expect(json.leftOut).toEqual([{ src: `${paper.url}/none.jpg`, reason: 'the server answered 404' }]);
  });
});

describe('an article', () => {
  it('is read, changed, withdrawn and published again', async () => {
    const { json } = await articles('POST', '', {
      title: 'Life',
      body: '<p>x</p>',
      url: 'https://paper.example/life',
      figures: [{ src: `${paper.url}/p.png`, caption: 'C' }],
    });
    const changed = await articles('PATCH', `/${json.id}`, { title: 'Life goes on' });
    expect(changed).toMatchObject({
      status: 200,
      json: { title: 'Life goes on', body: '<p>x</p>', figures: [{ caption: 'C' }], slug: json.slug },
    });
    const sent = await articles('PATCH', `/${json.id}`, {
      figures: json.figures.map((figure: object) => ({ ...figure, caption: 'D' })),
    });
    expect(sent.json.figures).toMatchObject([{ src: json.figures[0]!.src, caption: 'D' }]);

    expect((await articles('DELETE', `/${json.id}`)).status).toBe(204);
    expect((await articles('DELETE', `/${json.id}`)).status).toBe(204);
    expect((await fetch(`${room.url}/articles/${json.slug}`)).status).toBe(410);
    expect((await articles('PATCH', `/${json.id}`, { title: 'y' })).status).toBe(409);
    const pushed = await articles('POST', '', { title: 'Life', body: 'x', url: 'https://paper.example/life' });
    expect(pushed).toMatchObject({ status: 409, json: { detail: expect.stringContaining('withdrawn') } });
    expect((await articles('PATCH', `/${json.id}`, { withdrawn: false })).json.withdrawnAt).toBeNull();
    expect((await fetch(`${room.url}/articles/${json.slug}`)).status).toBe(200);
  });

  it('is found by page, source and section', async () => {
    await sql(room.app.get(DataSource), `truncate article cascade`);
    for (const section of ['Europe', 'Asia', 'Europe'])
      await articles('POST', '', { title: section, body: 'x', section });
    const first = await articles('GET', '?limit=2');
    expect(first.json.items.map(({ section }: { section: string }) => section)).toEqual(['Europe', 'Asia']);
    const rest = await articles('GET', `?limit=2&cursor=${first.json.nextCursor}`);
    expect(rest.json).toMatchObject({ items: [{ section: 'Europe' }], nextCursor: null });
    expect((await articles('GET', '?section=Asia')).json.items).toHaveLength(1);
    expect((await articles('GET', '?source=99')).json.items).toHaveLength(0);
  });

  it.each([['GET'], ['DELETE'], ['PATCH']])('unknown: %s 404', async (method) => {
    for (const id of ['999999', 'abc', '1%27--'])
      expect((await articles(method, `/${id}`, method === 'PATCH' ? { title: 'x' } : undefined)).status).toBe(404);
  });
});

interface Described {
  paths: Record<string, { post?: { requestBody: { content: Record<string, { schema: Schema }> } } }>;
}

interface Schema {
  required: string[];
  properties: Record<string, { description?: string }>;
}

describe('the description of the API', () => {
  it('knows the fields of articles and sources, with words for each', async () => {
    const document = (await (await fetch(`${room.url}/api/openapi.json`)).json()) as Described;
    const schemaOf = (path: string) => document.paths[path]!.post!.requestBody.content['application/json']!.schema;
    const article = schemaOf('/api/v1/articles');
    const contract = 'author body figures language publishedAt publisher section standfirst title url';
    expect(Object.keys(article.properties).sort().join(' ')).toBe(contract);
    expect(article.required).toEqual(['title']);
    for (const { description } of Object.values(article.properties)) expect(description).toMatch(/.{10}/);
    expect(schemaOf('/api/v1/sources').required).toEqual(['url']);
    expect(Object.keys(document.paths)).toContain('/api/v1/sources/{id}/poll');
  });
});

describe('a source', () => {
  it('is added, polled, changed, ended and taken up again', async () => {
    const url = paper.feed('/feed', item('s1'), item('s2'));
    const added = await sources('POST', '', { url });
    expect(added).toMatchObject({
      status: 201,
      json: { kind: 'feed', url, section: null, weight: 1, show: 'excerpt', state: 'active', problem: null },
    });
    const path = `/${added.json.id}`;
    expect((await sources('POST', `${path}/poll`)).json).toEqual({
      kind: 'polled',
      added: 2,
      updated: 0,
      unchanged: 0,
      skipped: [],
    });
    expect((await sources('POST', `${path}/poll`)).json).toEqual({ kind: 'not-modified' });

    expect((await sources('PATCH', path, { section: 'Africa', show: 'full' })).json).toMatchObject({
      section: 'Africa',
      show: 'full',
      title: 'The Paper',
    });
    expect((await sources('POST', `${path}/poll`)).json).toMatchObject({ kind: 'polled', updated: 2 });
    expect((await articles('GET', `?source=${added.json.id}&section=Africa`)).json.items).toHaveLength(2);

    expect((await sources('POST', '', { url })).status).toBe(409);
    expect((await sources('DELETE', path)).status).toBe(204);
    expect((await sources('POST', `${path}/poll`)).status).toBe(409);
    expect((await sources('PATCH', path, { weight: 2 })).status).toBe(409);
    expect(await sources('POST', '', { url })).toMatchObject({
      status: 201,
      json: { id: added.json.id, state: 'active' },
    });
    expect((await sources('GET')).json.items).toHaveLength(1);
  });

  it.each([
    [{}, 'url'],
    [{ url: 'file:///etc/passwd' }, 'url'],
    [{ url: 'http://me:pw@example.org/' }, 'url'],
    [{ url: 'http://127.1/feed' }, 'url'],
    [{ url: 'http://localhost/feed' }, 'url'],
    [{ url: 'http://[::ffff:127.0.0.1]/feed' }, 'url'],
    [{ url: 'https://example.org/', kind: 'carrier pigeon' }, 'kind'],
    [{ url: 'https://example.org/', weight: 0 }, 'weight'],
    [{ url: 'https://example.org/', show: 'all' }, 'show'],
  ])('%j is refused, naming the field and the fix', async (body, path) => {
    const { status, json } = await sources('POST', '', body);
    expect({ status, path: json.errors?.[0]?.path }).toEqual({ status: 422, path });
    expect(json.errors[0]!.fix).toEqual(expect.stringMatching(/.{10}/));
  });
});
