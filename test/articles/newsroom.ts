import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ApiModule } from '../../src/api/api.module.js';
import { setUpOpenApi } from '../../src/api/open-api.js';
import { ArticlesModule } from '../../src/articles/articles.module.js';
import { CompleteArticles, pageLanes } from '../../src/articles/pages/complete-articles.js';
import { pollLanes, PollSources } from '../../src/articles/poll-sources.js';
import { CONFIG, readConfig, type Config } from '../../src/config.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { Errors } from '../../src/errors.js';
import { ListsModule } from '../../src/lists/lists.module.js';
import { MailModule } from '../../src/mail/mail.module.js';
import { PagesModule } from '../../src/pages/pages.module.js';
import { QueueModule } from '../../src/queue/queue.module.js';
import { holdToDocument } from '../support/hold-to-document.js';
import { freePort } from '../support/ports.js';

@Global()
@Module({})
class ConfigModule {
  static of(config: Readonly<Config>): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}

export interface Newsroom {
  app: NestFastifyApplication;
  url: string;
  stop: () => Promise<void>;
}

/** The newsroom alone, listening, without keys: what comes in, what the API and the pages show of it. */
export async function startNewsroom(databaseUrl: string, env: Record<string, string> = {}): Promise<Newsroom> {
  const port = await freePort();
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    SECRET: `t1:${'s'.repeat(32)}`,
    PORT: String(port),
    ROLES: 'web',
    ...env,
  });
  const testing = await Test.createTestingModule({
    imports: [
      ConfigModule.of(config),
      DatabaseModule.forUrl(databaseUrl),
      QueueModule,
      MailModule,
      PagesModule,
      ApiModule,
      ListsModule,
      ArticlesModule,
    ],
    providers: [Errors, { provide: APP_FILTER, useExisting: Errors }],
  }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  setUpOpenApi(app);
  await app.listen(port, '127.0.0.1');
  return { app, url: `http://127.0.0.1:${port}`, stop: () => app.close() };
}

/** A round over all lanes, as the workers make it. Gives how many sources were polled. */
export async function pollAll({ app }: Newsroom, now: Temporal.Instant): Promise<number> {
  const lanes = Array.from({ length: pollLanes }, (_, lane) => app.get(PollSources).run(lane, now));
  return (await Promise.all(lanes)).reduce((sum, count) => sum + count, 0);
}

/** Completes every thin article, as the workers do. */
export async function completeAll({ app }: Newsroom, now: Temporal.Instant): Promise<void> {
  const lanes = Array.from({ length: pageLanes }, (_, lane) => app.get(CompleteArticles).run(lane, now));
  await Promise.all(lanes);
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A newspaper's web server, whose answers a test sets by path. */
export class Paper {
  readonly answers: Record<string, Answer> = {};
  readonly asked: string[] = [];
  url = '';
  host = '';
  private readonly server = createServer((request, response) => {
    this.asked.push(request.url!);
    const answer = this.answers[request.url!];
    if (answer) answer(response, request);
    else response.writeHead(404).end();
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    this.url = `http://${this.host}`;
    return this;
  }

  /** Serves an RSS feed with these items, with an ETag made of them. */
  feed(path: string, ...items: string[]): string {
    this.answers[path] = (response, request) => {
      const etag = `"${Buffer.from(items.join('')).toString('base64url').slice(0, 200)}"`;
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(rss(...items));
    };
    return this.url + path;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ` +
  `xmlns:media="http://search.yahoo.com/mrss/"><channel><title>The Paper</title><language>en-gb</language>${items.join('')}</channel></rss>`;

export const item = (id: string, more = '') =>
  `<item><title>Story ${id}</title><link>https://paper.example/${id}?utm_source=rss#top</link><guid isPermaLink="false">${id}</guid>` +
  `<description>What story ${id} is about.</description>${more}</item>`;

/** What the API answers: an article, a source, the outcome of a poll, a collection or a problem. */
interface Body {
  id: string;
  slug: string;
  url: string;
  page: string;
  title: string;
  section: string;
  figures: { src: string; caption: string }[];
  leftOut: { src: string; reason: string }[];
  skipped: { item: string; reason: string }[];
  items: Body[];
  nextCursor: string | null;
  publishedAt: string;
  firstSeenAt: string;
  withdrawnAt: string | null;
  errors: { path: string; detail: string; fix?: string }[];
}

export interface Answered {
  status: number;
  json: Body;
}

/** Rows as Postgres gives them. */
export interface ArticleRow {
  id: string;
  slug: string;
  url: string;
  title: string;
  body: string;
  standfirst: string;
  section: string;
  figures: { src: string }[];
  fingerprint: string;
  source_url?: string;
  published_at: Date;
  first_seen_at: Date;
}

export interface SourceRow {
  problem: string | null;
  state: string;
  next_poll_at: Date;
  polled_at: Date;
}

export async function call(url: string, method: string, body?: unknown): Promise<Answered> {
  const response = await fetch(url, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  await holdToDocument(new URL(url).origin, method, url, response);
  const text = await response.text();
  return { status: response.status, json: (text.startsWith('{') ? JSON.parse(text) : {}) as Body };
}
