import { createHash } from 'node:crypto';
import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { findList } from '../lists/find-list.js';
import { assetUrl } from '../pages/assets.js';
import { pageList } from '../lists/page-list.js';
import { writeFeed, type Feed } from './archive-feed.js';
import { listIssues, readEditions, type PublicEdition } from './archive-issues.js';
import { writeJsonFeed } from './json-feed.js';
import { distinctStories, readArticlesOf, type ArticlesNow } from './archive-stories.js';

const issuesInFeed = 10;

/** The stories of a list's latest issues, for feed readers. */
@ApiExcludeController()
@Controller()
export class ArchiveFeedController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  @Get(['feed.xml', 'lists/:slug/feed.xml'])
  async feed(
    @Param('slug') slug: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const feed = await this.read(slug);
    return send(request, reply, feed, writeFeed(feed), 'application/atom+xml');
  }

  @Get(['feed.json', 'lists/:slug/feed.json'])
  async json(
    @Param('slug') slug: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const feed = await this.read(slug);
    return send(request, reply, feed, writeJsonFeed(feed, feed.url.replace(/xml$/, 'json')), 'application/feed+json');
  }

  private async read(slug: string | undefined): Promise<Feed> {
    const list = await findList(this.db, slug);
    if (!list) throw new NotFoundException();
    const dates = (await listIssues(this.db, list.id, null, issuesInFeed)).map((issue) => issue.localDate);
    const editions = await readEditions(this.db, list.id, dates);
    const articles = await readArticlesOf(this.db, editions);
    const home = this.config.PUBLIC_URL + (await pageList(this.db, list)).home;
    return {
      url: `${home}/feed.xml`,
      homeUrl: `${home}/`.replace(/(\/lists\/[^/]+)\/$/, '$1'),
      iconUrl: this.config.PUBLIC_URL + assetUrl('icon.svg'),
      language: list.locale,
      title: list.name,
      subtitle: list.tagline,
      updatedAt: newest([list.createdAt, ...editions.map((edition) => edition.composedAt), ...changesOf(articles)]),
      entries: this.entries(editions, articles),
    };
  }

  private entries(editions: PublicEdition[], articles: ArticlesNow): Feed['entries'] {
    return distinctStories(editions, articles).map((story) => {
      const { publishedAt, updatedAt } = articles.get(story.articleId)!;
      const { title, section, language, publisher, standfirst: summary } = story;
      const url = new URL(story.url, this.config.PUBLIC_URL).href;
      return { url, title, summary, section, publisher, language, publishedAt, updatedAt };
    });
  }
}

function send(request: FastifyRequest, reply: FastifyReply, feed: Feed, body: string, mediaType: string): void {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  reply.headers({ etag, 'last-modified': feed.updatedAt.toUTCString(), 'cache-control': 'public, max-age=300' });
  reply.header('x-content-type-options', 'nosniff').type(`${mediaType}; charset=utf-8`);
  if (isFresh(request.headers, etag, feed.updatedAt)) reply.status(304).send();
  else reply.send(body);
}

/** A withdrawal changes the feed as much as a correction does. */
function changesOf(articles: ArticlesNow): Date[] {
  return [...articles.values()].flatMap(({ updatedAt, withdrawnAt }) =>
    withdrawnAt ? [updatedAt, withdrawnAt] : [updatedAt],
  );
}

function newest(dates: Date[]): Date {
  return new Date(Math.max(...dates.map(Number)));
}

/** RFC 9110 §13.2.2: the date counts only where no entity tag is sent. */
function isFresh(headers: FastifyRequest['headers'], etag: string, updatedAt: Date): boolean {
  if (headers['if-none-match']) return headers['if-none-match'].includes(etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return Math.floor(Number(updatedAt) / 1000) * 1000 <= since;
}
