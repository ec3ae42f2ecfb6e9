import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../database/database.module.js';
import { findList } from '../lists/find-list.js';
import { pageList } from '../lists/page-list.js';
import { Pages } from '../pages/pages.js';
import { readerLocale } from '../pages/reader-locale.js';
import { countSent } from '../editions/archive-issues.js';
import type { ViewData } from '../pages/view-data.js';
import { readArticlesOf, viewStory } from '../editions/archive-stories.js';
import { readVariant } from '../editions/variant.js';
import { Links } from '../subscribers/links.js';
import { readLastSent } from './last-sent.js';

const daysCounted = 30;

/** What a list is, before one signs up for it: its hour, how much of it there is, and its latest issue. */
@ApiExcludeController()
@Controller('lists/:slug')
export class LandingController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  @Get()
  async show(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const list = await findList(this.db, slug);
    if (!list) throw new NotFoundException();
    const since = (await this.clock.now()).subtract({ hours: 24 * daysCounted });
    return this.pages.html(reply, 'landing', {
      locale: readerLocale(request, list.locale),
      list: await pageList(this.db, list),
      hour: { time: list.localTime, weekdays: list.weekdays },
      stories: { least: list.minStories, most: list.maxStories },
      sent: await countSent(this.db, list.id, since),
      latest: await this.latest(list.id),
    });
  }

  /** An issue that somebody got, exactly as they did, but for links of articles that were withdrawn since. */
  private async latest(listId: string): Promise<ViewData['landing']['latest']> {
    const sent = await readLastSent(this.db, listId);
    if (!sent) return null;
    const { subject, note, stories, locale } = await readVariant(this.db, sent.variantId);
    const articles = await readArticlesOf(this.db, [{ stories }]);
    return {
      ...{ localDate: sent.localDate, special: sent.special, locale, subject, note },
      url: new URL(this.links.letter(sent.variantId)).pathname,
      stories: stories.map((story) => viewStory(story, articles, this.config.PUBLIC_URL)),
    };
  }
}
