import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { RowOf } from '../api/answer.js';
import { id } from '../api/field.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound, unprocessable } from '../api/problem.js';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import { sql } from '../database/sql.js';
import { AcceptArticle, type Accepted } from './accept-article.js';
import { articleChange, newArticle, type ArticleChange, type NewArticle } from './article-input.js';
import { articleView, type ArticleView } from './article-view.js';
import { Article } from './article.entity.js';
import { articleSchema, articleVersionSchema, writtenArticleSchema } from './article.schema.js';
import { EditArticle, type Edited } from './edit-article.js';
import { WithdrawArticle } from './withdraw-article.js';

const articleQuery = pageQuery.extend({
  source: id.optional().describe('id of the source that brought them'),
  section: z.string().max(80).optional().describe('a section, such as World'),
});

/** An article just written, with the pictures that could not be had and why. */
type Written = ArticleView & Pick<z.output<typeof writtenArticleSchema>, 'leftOut'>;

type ArticleVersion = RowOf<typeof articleVersionSchema>;

const mostVersions = 200;

@ApiTags('articles')
@Controller('api/v1/articles')
export class ArticlesController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly acceptArticle: AcceptArticle,
    private readonly editArticle: EditArticle,
    private readonly withdrawArticle: WithdrawArticle,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Articles, the newest first, withdrawn ones included' })
  @ApiOkResponse({ standardSchema: pageOf(articleSchema) })
  async all(@Query({ schema: articleQuery }) query: z.output<typeof articleQuery>): Promise<Page<ArticleView>> {
    const find = this.db
      .getRepository(Article)
      .createQueryBuilder('article')
      .orderBy('article.id', 'DESC')
      .limit(query.limit + 1);
    const before = beforeId(query.cursor);
    if (before) find.andWhere('article.id < :before', { before });
    if (query.source) find.andWhere('article.sourceId = :source', { source: query.source });
    if (query.section) find.andWhere('article.section = :section', { section: query.section });
    const { items, nextCursor } = page(await find.getMany(), query.limit);
    return { items: items.map((article) => articleView(article, this.config.PUBLIC_URL)), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One article' })
  @ApiOkResponse({ standardSchema: articleSchema })
  async one(@Param('id') key: string): Promise<ArticleView> {
    return this.view(key);
  }

  @Get(':id/versions')
  @ApiOperation({ summary: 'What an article said before it was changed, the latest first' })
  @ApiOkResponse({ standardSchema: pageOf(articleVersionSchema) })
  async versions(@Param('id') key: string): Promise<Page<ArticleVersion>> {
    await this.view(key);
    const items = await sql<ArticleVersion>(
      this.db,
      `select replaced_at as "replacedAt", title, standfirst, body from article_version where article_id = $1
        order by replaced_at desc limit ${mostVersions}`,
      [key],
    );
    return { items, nextCursor: null };
  }

  @Post()
  @ApiOperation({
    summary: 'Push an article',
    description:
      'Answers 201 for a new article and 200 when an article of this url was there and is brought up to date. ' +
      'Pictures are copied; `leftOut` names those that could not be had.',
  })
  @ApiCreatedResponse({ standardSchema: writtenArticleSchema })
  @ApiOkResponse({ standardSchema: writtenArticleSchema })
  async push(
    @Body({ schema: newArticle }) body: NewArticle,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Written> {
    const accepted = expectAccepted(await this.acceptArticle.run(body, await this.clock.now()));
    if (accepted.kind !== 'created') void reply.status(200);
    return { ...(await this.view(accepted.id)), leftOut: accepted.leftOut };
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change some fields of an article',
    description: 'A feed that brought it no longer changes it.',
  })
  @ApiOkResponse({ standardSchema: writtenArticleSchema })
  async change(@Param('id') key: string, @Body({ schema: articleChange }) body: ArticleChange): Promise<Written> {
    const leftOut = expectEdited(key, await this.editArticle.run(idOf(key), body, await this.clock.now()));
    return { ...(await this.view(key)), leftOut };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Withdraw an article',
    description: 'It leaves the next edition; its page says that it is no longer there.',
  })
  async withdraw(@Param('id') key: string): Promise<void> {
    if ((await this.withdrawArticle.run(idOf(key), await this.clock.now())) === 'unknown')
      throw notFound('article', key);
  }

  private async view(key: string): Promise<ArticleView> {
    const article = await this.db.getRepository(Article).findOneBy({ id: idOf(key) });
    if (!article) throw notFound('article', key);
    return articleView(article, this.config.PUBLIC_URL);
  }
}

function idOf(key: string): string {
  if (!id.safeParse(key).success) throw notFound('article', key);
  return key;
}

function expectAccepted(outcome: Accepted): Exclude<Accepted, { kind: 'withdrawn' | 'refused' }> {
  if (outcome.kind === 'refused') throw unprocessable(outcome.errors);
  if (outcome.kind === 'withdrawn') throw withdrawn(outcome.id);
  return outcome;
}

function expectEdited(key: string, outcome: Edited): { src: string; reason: string }[] {
  if (outcome.kind === 'refused') throw unprocessable(outcome.errors);
  if (outcome.kind === 'unknown') throw notFound('article', key);
  if (outcome.kind === 'withdrawn') throw withdrawn(key);
  return outcome.leftOut;
}

const withdrawn = (key: string) =>
  conflict(
    `This article was withdrawn. To publish it again, PATCH /api/v1/articles/${key} with {"withdrawn": false} first.`,
  );
