import { Controller, Get, Inject, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { viewCorrections } from '../articles/view-corrections.js';
import { CONFIG, type Config } from '../config.js';
import { findList } from '../lists/find-list.js';
import type { List } from '../lists/list.entity.js';
import { longDate } from '../locales/dates.js';
import { Pages } from '../pages/pages.js';
import { readerLocale } from '../pages/reader-locale.js';
import type { ViewEdition } from '../pages/view-parts.js';
import { pageList } from '../lists/page-list.js';
import { readCorrectionsOfDay } from './corrections/corrections-of-day.js';
import { editionsOfDay, listIssues, readEditions, type PublicEdition } from './archive-issues.js';
import { readArticlesOf, viewStory, type ArticlesNow } from './archive-stories.js';
import { readFront } from './read-front.js';

const issuesOnHome = 6;
const issuesOnArchive = 60;

/** The first page of the default list, and the archive of any. */
@ApiExcludeController()
@Controller()
export class ArchiveController {
  constructor(
    private readonly db: DataSource,
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  @Get('/')
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const list = await findList(this.db);
    const locale = readerLocale(request, list?.locale);
    if (!list) return this.pages.html(reply, 'home', { locale, list: null, latest: null, issues: [] });
    const [newest, ...issues] = await listIssues(this.db, list.id, null, issuesOnHome);
    const latest = newest ? await readFront(this.db, list.id, this.config.PUBLIC_URL, newest.localDate) : null;
    return this.pages.html(reply, 'home', { locale, list: await pageList(this.db, list), latest, issues });
  }

  @Get(['archive', 'lists/:slug/archive'])
  async archive(
    @Param('slug') slug: string | undefined,
    @Query('before') before: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const list = await this.find(slug);
    const locale = readerLocale(request, list.locale);
    const view = await pageList(this.db, list);
    const lines = await listIssues(this.db, list.id, isDate(before) ? before : null, issuesOnArchive + 1);
    const shown = lines.slice(0, issuesOnArchive);
    const issues = shown.map((line) => ({
      ...line,
      dateWords: longDate(locale, line.localDate),
      url: `${view.home}/archive/${line.localDate}`,
    }));
    const olderThan = lines.length > shown.length ? shown.at(-1)!.localDate : null;
    return this.pages.html(reply, 'archive', { locale, list: view, issues, olderThan });
  }

  @Get(['archive/:date', 'lists/:slug/archive/:date'])
  async issue(
    @Param('slug') slug: string | undefined,
    @Param('date') date: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const list = await this.find(slug);
    if (!isDate(date)) throw new NotFoundException();
    const editions = editionsOfDay(await readEditions(this.db, list.id, [date]));
    const articles = await readArticlesOf(this.db, editions);
    const [first, ...specials] = editions.map((edition) => this.view(edition, articles));
    if (!first) throw new NotFoundException();
    const locale = readerLocale(request, list.locale);
    const corrections = viewCorrections(await readCorrectionsOfDay(this.db, list.id, date), locale, list.timeZone);
    const words = { localDate: date, dateWords: longDate(locale, date) };
    return this.pages.html(reply, 'issue', {
      locale,
      list: await pageList(this.db, list),
      ...words,
      ...first,
      corrections,
      specials,
    });
  }

  /** Nest's own 404 for a list that does not exist, shown as a page by the error filter. */
  private async find(slug: string | undefined): Promise<List> {
    const list = await findList(this.db, slug);
    if (!list) throw new NotFoundException();
    return list;
  }

  private view(edition: PublicEdition, articles: ArticlesNow): ViewEdition {
    const stories = edition.stories.map((story) => viewStory(story, articles, this.config.PUBLIC_URL));
    return { subject: edition.subject, note: edition.note, stories };
  }
}

/** A date of the calendar, written YYYY-MM-DD. */
function isDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const [year, month, day] = text.split('-').map(Number);
  const date = new Date(Date.UTC(year!, month! - 1, day));
  return year! > 0 && date.toISOString().startsWith(text);
}
