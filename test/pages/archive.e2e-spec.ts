import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { parseFeed } from 'feedsmith';
import { CONFIG } from '../../src/config.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { ArchiveController } from '../../src/editions/archive.controller.js';
import { ArchiveFeedController } from '../../src/editions/archive-feed.controller.js';
import { SitemapController } from '../../src/editions/sitemap.controller.js';
import { LandingController } from '../../src/deliveries/landing.controller.js';
import { Links } from '../../src/subscribers/links.js';
import { TokensModule } from '../../src/tokens/tokens.module.js';
import { List } from '../../src/lists/list.entity.js';
import { ErrorPageFilter } from '../../src/pages/error-page.filter.js';
import { PagesModule } from '../../src/pages/pages.module.js';
import { openBrowser } from '../support/browser.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';

const publicUrl = 'https://brief.example';
const config = { PUBLIC_URL: publicUrl, CLOCK_OFFSET: 0, SECRET: `t1:${'s'.repeat(32)}` };

@Global()
@Module({ providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] })
class ConfigModule {}

let database: TestDatabase;
let client: pg.Client;
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const testing = await Test.createTestingModule({
    imports: [
      ConfigModule,
      DatabaseModule.forUrl(database.url),
      TypeOrmModule.forFeature([List]),
      PagesModule,
      TokensModule,
    ],
    controllers: [ArchiveController, LandingController, ArchiveFeedController, SitemapController],
    providers: [Links, { provide: APP_FILTER, useExisting: ErrorPageFilter }],
  }).compile();
  app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});

afterAll(async () => {
  await app?.close();
  await client?.end();
  await database?.drop();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers, redirect: 'manual' });
const page = async (path: string, headers = {}) => (await get(path, headers)).text();

async function insert(statement: string, values: unknown[]): Promise<string> {
  return (await client.query<{ id: string }>(`${statement} returning id`, values)).rows[0]!.id;
}

const addList = (slug: string, name: string, locale = 'en') =>
  insert(
    `insert into list (slug, name, tagline, locale, time_zone, local_time, weekdays, sections, min_stories, max_stories,
       fresh_for_seconds, unknown_policy, postal_address, created_at)
     values ($1, $2, 'Essential news', $3, 'Europe/Paris', '07:00', '{1,2,3,4,5}', '{World,Economy}', 1, 9, 14400, 'hold', 'Street 1',
       '2026-01-01T00:00:00Z')`,
    [slug, name, locale],
  );

const articleOf = `insert into article (slug, url, title, section, language, publisher, show, published_at, first_seen_at, updated_at)
  values ($1, $2, $3, 'World', 'en', 'The Paper', 'full', '2026-11-23T04:00:00Z', '2026-11-23T04:00:00Z', '2026-11-23T05:00:00Z')`;
const addArticle = (slug: string, title: string) => insert(articleOf, [slug, `https://example.org/${slug}`, title]);

interface NewEdition {
  list: string;
  date: string;
  articles: [id: string, slug: string, title: string][];
  kind?: string;
  audience?: string;
  state?: string;
}

async function addEdition({
  list,
  date,
  articles,
  kind = 'morning',
  audience = 'due',
  state = 'done',
}: NewEdition): Promise<void> {
  const due = `${date}T0${kind === 'morning' ? 6 : 9}:00:00Z`;
  const once = 'on conflict (list_id, local_date) do update set local_date = $2';
  const issue = await insert(`insert into issue (list_id, local_date) values ($1, $2) ${once}`, [list, date]);
  const edition = await insert(
    `insert into edition (issue_id, list_id, kind, audience, state, due_at, local_date, opened_at, composed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $6, $6)`,
    [issue, list, kind, audience, state, due, date],
  );
  const stories = articles.map(([articleId, slug, title]) => ({
    ...{ storyId: articleId, articleId, title, standfirst: `About ${title}.`, section: 'World', language: 'en' },
    ...{ publisher: 'The Paper', minutes: 3, url: `${publicUrl}/articles/${slug}`, picture: null },
  }));
  const variant = await insert(
    `insert into variant (edition_id, locale, fingerprint, subject, preheader, stories) values ($1, 'en', 'all', $2, '', $3)`,
    [edition, articles[0]![2], JSON.stringify(stories)],
  );
  await client.query('update edition set public_variant_id = $2 where id = $1', [edition, variant]);
}

describe('before there is anything', () => {
  it('the first page tells the operator what to do, and the rest is not there', async () => {
    expect(await page('/')).toContain('POST /api/v1/lists');
    for (const path of ['/archive', '/archive/2026-11-23', '/feed.xml', '/lists/none'])
      expect((await get(path)).status).toBe(404);
  });
});

describe('with two lists and some issues', () => {
  beforeAll(async () => {
    const daily = await addList('daily', 'Daily news brief');
    const weekend = await addList('weekend', 'Le week-end', 'fr');
    const [a, b, c, d] = await Promise.all(
      ['Alpha', 'Bravo', 'Charlie', 'Delta'].map((title) => addArticle(title.toLowerCase(), title)),
    );
    const [alpha, bravo] = [[a!, 'alpha', 'Alpha'] as const, [b!, 'bravo', 'Bravo'] as const].map(
      (x) => [...x] as [string, string, string],
    );
    const [charlie, delta] = [[c!, 'charlie', 'Charlie'] as const, [d!, 'delta', 'Delta'] as const].map(
      (x) => [...x] as [string, string, string],
    );
    await addEdition({ list: daily, date: '2026-11-22', articles: [alpha!] });
    await addEdition({ list: daily, date: '2026-11-23', articles: [bravo!, alpha!] });
    await addEdition({
      list: daily,
      date: '2026-11-23',
      articles: [charlie!, bravo!],
      kind: 'special',
      audience: 'all',
    });
    await addEdition({ list: daily, date: '2026-11-23', articles: [delta!], kind: 'special', audience: 'new' });
    await addEdition({ list: daily, date: '2026-11-24', articles: [delta!], state: 'held' });
    await addEdition({ list: weekend, date: '2026-11-21', articles: [delta!], kind: 'special', audience: 'new' });
  });

  const headlines = async (path: string) =>
    [...(await page(path)).matchAll(/class="headline"[^>]*>(?:<a [^>]*>)?([^<]*)/g)].map((m) => m[1]);

  it('the first page has the box and the latest issue, specials on top, and nothing that is held', async () => {
    expect(await headlines('/')).toEqual(['Charlie', 'Bravo', 'Alpha']);
    const html = await page('/');
    expect(html).toMatch(/<form class="box" method="post" action="\/subscribe"/);
    expect(html).toContain('<input type="hidden" name="list" value="daily">');
    expect(html).toContain('href="/articles/charlie"');
    expect(html).toContain('href="/archive/2026-11-22"');
    expect(html).toContain('5 letters a week');
  });

  it('the page of a date has its morning edition and its specials; welcomes count only where there is nothing else', async () => {
    expect(await headlines('/archive/2026-11-23')).toEqual(['Bravo', 'Alpha', 'Charlie', 'Bravo']);
    expect(await page('/archive/2026-11-23')).toContain('<time datetime="2026-11-23">Monday 23 November 2026</time>');
    expect(await headlines('/lists/weekend/archive/2026-11-21')).toEqual(['Delta']);
  });

  it.each([
    '/archive/2026-11-24',
    '/archive/2026-02-30',
    '/archive/yesterday',
    '/archive/2026-11-23x',
    '/lists/none/archive',
    '/archive/%00',
    '/lists/%00',
    '/lists/a%00b/feed.xml',
  ])('%s is a 404 page', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('There is nothing here');
  });

  it('the archive has one line a date, newest first, and goes on below a date', async () => {
    const dates = async (path: string) => [...(await page(path)).matchAll(/<a href="([^"]*)"><time/g)].map((m) => m[1]);
    expect(await dates('/archive')).toEqual(['/archive/2026-11-23', '/archive/2026-11-22']);
    expect(await dates('/archive?before=2026-11-23')).toEqual(['/archive/2026-11-22']);
    expect(await dates('/archive?before=rubbish')).toHaveLength(2);
    expect(await dates('/lists/weekend/archive')).toEqual(['/lists/weekend/archive/2026-11-21']);
  });

  it('a list speaks its own language unless the reader asks for another', async () => {
    expect(await page('/lists/weekend')).toContain('<html lang="fr" dir="ltr">');
    expect(await page('/lists/weekend', { 'accept-language': 'ar' })).toContain('<html lang="ar" dir="rtl">');
    expect((await get('/lists/weekend?lang=es', { 'accept-language': 'ar' })).headers.get('content-language')).toBe(
      'es',
    );
  });

  it('the feed has each story once, newest issue first, with absolute links', async () => {
    const response = await get('/feed.xml');
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const { format, feed } = parseFeed(await response.text());
    expect(format).toBe('atom');
    expect(feed).toMatchObject({
      id: `${publicUrl}/feed.xml`,
      entries: ['bravo', 'alpha', 'charlie', 'delta'].map((slug) => ({ id: `${publicUrl}/articles/${slug}` })),
    });
  });

  it('the feed comes as JSON too, and the sitemap names what crawlers may look at', async () => {
    const json = await get('/feed.json');
    expect(json.headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
    const items = ['bravo', 'alpha', 'charlie', 'delta'].map((slug) => ({ url: `${publicUrl}/articles/${slug}` }));
    expect(parseFeed(await json.text())).toMatchObject({ format: 'json', feed: { items } });
    for (const path of ['/', '/lists/weekend', '/archive/2026-11-23'])
      expect(await page('/sitemap.xml')).toContain(`<loc>${publicUrl}${path}</loc>`);
  });

  it('the feed is not sent again while nothing has changed', async () => {
    const { headers } = await get('/feed.xml');
    expect((await get('/feed.xml', { 'if-none-match': headers.get('etag')! })).status).toBe(304);
    expect((await get('/feed.xml', { 'if-modified-since': headers.get('last-modified')! })).status).toBe(304);
    expect((await get('/feed.xml', { 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' })).status).toBe(200);
  });

  it('HEAD answers as GET does, without a body', async () => {
    for (const path of ['/', '/archive', '/archive/2026-11-23', '/feed.xml']) {
      const response = await fetch(url + path, { method: 'HEAD' });
      expect([path, response.status, await response.text()]).toEqual([path, 200, '']);
    }
  });

  it('a withdrawn article leaves the first page and the feed, and keeps only its headline in the archive', async () => {
    await client.query(`update article set withdrawn_at = '2026-11-24T08:00:00Z' where slug = 'bravo'`);
    expect(await headlines('/')).toEqual(['Charlie', 'Alpha']);
    expect(await page('/feed.xml')).not.toContain('/articles/bravo');
    const html = await page('/archive/2026-11-23');
    expect(html).toContain('Bravo');
    expect(html).not.toContain('/articles/bravo');
    expect((await get('/feed.xml')).headers.get('last-modified')).toBe('Tue, 24 Nov 2026 08:00:00 GMT');
  });

  it('an archived list keeps its pages and loses its box', async () => {
    await client.query(`update list set archived_at = now() where slug = 'weekend'`);
    const html = await page('/lists/weekend/archive/2026-11-21');
    expect(html).toContain('Delta');
    expect(html).not.toContain('<form');
  });

  it.each([
    ['/', 375, 'light', 'en'],
    ['/', 1280, 'dark', 'ar'],
    ['/archive', 375, 'dark', 'ar'],
    ['/archive/2026-11-23', 1280, 'light', 'en'],
    ['/nothing', 375, 'light', 'ar'],
  ] as const)('axe finds nothing on %s at %i px, %s, %s', async (path, width, colorScheme, lang) => {
    const browser = await openBrowser();
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme,
    });
    try {
      const tab = await context.newPage();
      await tab.goto(`${url}${path}?lang=${lang}`);
      const { violations } = await new AxeBuilder({ page: tab }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
      expect(await tab.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    } finally {
      await context.close();
    }
  });
});
