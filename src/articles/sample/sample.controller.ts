import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import { one } from '../../database/sql.js';
import { writeSample } from './write-sample.js';

const pictures = new URL('./pictures/', import.meta.url);

/** The sample as a newspaper of its own would serve it: a feed, its pictures and the addresses its items link to. */
@ApiExcludeController()
@Controller('sample')
export class SampleController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  @Get('feed.xml')
  async feed(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.expectSample();
    const source = await one<{ created_at: Date }>(this.db, `select created_at from source where sample`);
    if (!source) throw new NotFoundException();
    const since = Temporal.Instant.fromEpochMilliseconds(source.created_at.getTime());
    const feed = await writeSample(this.config.PUBLIC_URL, since);
    const etag = `"${createHash('sha256').update(feed).digest('base64url').slice(0, 22)}"`;
    void reply.header('etag', etag);
    if (request.headers['if-none-match'] === etag) await reply.status(304).send();
    else await reply.type('application/rss+xml; charset=utf-8').send(feed);
  }

  @Get('pictures/:file')
  async picture(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    this.expectSample();
    if (!/^[a-z-]+\.jpg$/.test(file)) throw new NotFoundException();
    const bytes = await readFile(new URL(file, pictures)).catch(() => {
      throw new NotFoundException();
    });
    await reply.type('image/jpeg').send(bytes);
  }

  /** The original of a sample article is its page here. */
  @Get('articles/:name')
  async original(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    this.expectSample();
    const article = await one<{ slug: string }>(
      this.db,
      `select a.slug from article a join source s on s.id = a.source_id where s.sample and a.guid = $1`,
      [`daily-news-brief:sample:${name}`],
    );
    if (!article) throw new NotFoundException();
    await reply.redirect(`/articles/${article.slug}`, 302);
  }

  private expectSample(): void {
    if (this.config.SEED !== 'sample') throw new NotFoundException();
  }
}
