import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { one, sql } from '../database/sql.js';
import { writeFeed } from '../editions/archive-feed.js';
import { longDate } from '../locales/dates.js';
import { message, pickLocale, type Locale } from '../locales/messages.js';
import { assetUrl } from '../pages/assets.js';
import { Pages } from '../pages/pages.js';
import { UnknownLink } from '../subscribers/unknown-link.js';
import { Links } from '../subscribers/links.js';
import { readerOf } from '../subscribers/reader-data.js';
import { Tokens } from '../tokens/tokens.js';

const mostLetters = 200;

interface Reader {
  id: string;
  locale: Locale;
}

interface MyLetter {
  list: string;
  date: string;
  subject: string;
  preheader: string;
  variantId: string;
  at: Date;
}

/** A reader's own archive: the editions that went to them, as a page and as a feed, on a token that can do nothing else. */
@ApiExcludeController()
@Controller('my/:token')
export class MyLettersController {
  constructor(
    private readonly db: DataSource,
    private readonly tokens: Tokens,
    private readonly links: Links,
    private readonly pages: Pages,
    private readonly unknownLink: UnknownLink,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  @Get()
  async page(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const reader = await this.find(token);
    if (!reader) return this.unknownLink.answer(request, reply);
    const letters = await this.lettersOf(reader.id);
    return this.pages.html(reply, 'my-letters', {
      locale: reader.locale,
      feedUrl: `/my/${token}/feed.xml`,
      letters: letters.map(({ list, date, subject, variantId }) => ({
        ...{ list, subject, localDate: date, dateWords: longDate(reader.locale, date) },
        url: new URL(this.links.letter(variantId)).pathname,
      })),
    });
  }

  @Get('feed.xml')
  async feed(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const reader = await this.find(token);
    if (!reader) return this.unknownLink.answer(request, reply);
    const letters = await this.lettersOf(reader.id);
    const home = this.config.PUBLIC_URL;
    const feed = writeFeed({
      url: `${home}/my/${token}/feed.xml`,
      homeUrl: `${home}/my/${token}`,
      iconUrl: home + assetUrl('icon.svg'),
      language: reader.locale,
      title: message(reader.locale, 'page.myLetters.title'),
      subtitle: '',
      updatedAt: letters[0]?.at ?? new Date(0),
      entries: letters.map(({ list, subject, preheader, variantId, at }) => ({
        ...{ url: this.links.letter(variantId), title: subject, summary: preheader, section: list, publisher: list },
        ...{ language: reader.locale, publishedAt: at, updatedAt: at },
      })),
    });
    await reply
      .headers({
        'cache-control': 'private, max-age=300',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
      })
      .type('application/atom+xml; charset=utf-8')
      .send(feed);
  }

  private async find(token: string): Promise<Reader | undefined> {
    const id = this.tokens.read('archive', token);
    const row = id
      ? await one<Reader>(this.db, `select id, locale from subscriber where id = ${readerOf('$1')}`, [id])
      : undefined;
    return row && { ...row, locale: pickLocale(row.locale) };
  }

  /** Newest first. */
  private lettersOf(subscriberId: string): Promise<MyLetter[]> {
    return sql<MyLetter>(
      this.db,
      `select l.name as list, d.local_date as date, v.subject, v.preheader, v.id as "variantId", d.settled_at as at
         from delivery d join subscription s on s.id = d.subscription_id join list l on l.id = s.list_id join variant v on v.id = d.variant_id
        where s.subscriber_id = $1 and d.state = 'accepted' order by d.settled_at desc, d.id desc limit ${mostLetters}`,
      [subscriberId],
    );
  }
}
