import { Controller, Get, GoneException, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { minutes } from '../letters/reading-time.js';
import { findList } from '../lists/find-list.js';
import { pageList } from '../lists/page-list.js';
import { longDate } from '../locales/dates.js';
import type { Locale } from '../locales/messages.js';
import { Pages } from '../pages/pages.js';
import { readerLocale } from '../pages/reader-locale.js';
import type { ViewArticle } from '../pages/view-parts.js';
import { newsArticle } from './news-article.js';
import { readCorrections } from './read-corrections.js';
import { viewCorrections } from './view-corrections.js';
import { Article } from './article.entity.js';

/** The page of an article. */
@ApiExcludeController()
@Controller('articles')
export class ArticlePageController {
  constructor(
    private readonly db: DataSource,
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  @Get(':slug')
  async show(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const article = await this.db.getRepository(Article).findOneBy({ slug });
    if (!article) throw new NotFoundException();
    if (article.withdrawnAt) throw new GoneException();

    const list = await findList(this.db);
    const locale = readerLocale(request, list?.locale);
    await this.pages.html(reply, 'article', {
      article: viewArticle(article, locale, list?.timeZone ?? 'UTC'),
      corrections: viewCorrections(await readCorrections(this.db, [article.id]), locale, list?.timeZone ?? 'UTC'),
      structured: newsArticle(article, this.config.PUBLIC_URL),
      list: list && (await pageList(this.db, list)),
      locale,
    });
  }
}

/** What an excerpt's page shows is its headline, its standfirst and the way to the original: never the body. */
function viewArticle(article: Article, locale: Locale, timeZone: string): ViewArticle {
  const { title, standfirst, figures, section, author, publisher, language, show } = article;
  const byModel = article.standfirstFrom === 'model';
  const published = Temporal.Instant.fromEpochMilliseconds(article.publishedAt.getTime());
  const localDate = published.toZonedDateTimeISO(timeZone).toPlainDate().toString();
  return {
    ...{ title, standfirst, figures, section, author, publisher, language, show, byModel },
    bodyHtml: show === 'full' ? article.body : '',
    minutes: show === 'full' ? minutes(article.body, language) : null,
    publishedAt: { words: longDate(locale, localDate), iso: published.toString() },
    url: article.url ?? '',
  };
}
