import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Clock } from '../database/database.module.js';
import { one } from '../database/sql.js';
import { pickLocale, type Locale } from '../locales/messages.js';
import { Pages } from '../pages/pages.js';
import { readerOf } from '../subscribers/reader-data.js';
import { UnknownLink } from '../subscribers/unknown-link.js';
import { Tokens } from '../tokens/tokens.js';
import { AskForData } from './ask-for-data.js';
import { EraseReader } from './erase-reader.js';
import { dataView } from './data-view.js';
import { hoursGood, PrivacyLinks } from './privacy-links.js';
import { ReadMyData } from './read-my-data.js';

/** A reader's own data: asked for on the preferences page, answered by mail, shown and erased on links of that mail alone. */
@ApiExcludeController()
@Controller()
export class PrivacyController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly tokens: Tokens,
    private readonly links: PrivacyLinks,
    private readonly askForData: AskForData,
    private readonly readMyData: ReadMyData,
    private readonly eraseReader: EraseReader,
    private readonly unknownLink: UnknownLink,
  ) {}

  @Post('preferences/:token/data')
  @HttpCode(200)
  async ask(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const id = await this.readerOf(this.tokens.read('preferences', token));
    const locale = id ? await this.localeOf(id) : null;
    if (!id || !locale) return this.unknownLink.answer(request, reply);
    await this.askForData.run(id, await this.clock.now());
    return this.pages.html(reply, 'my-data-asked', { locale, hours: hoursGood, back: `/preferences/${token}` });
  }

  @Get('my-data/:token')
  async show(
    @Param('token') token: string,
    @Query('format') format: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = this.links.read('data', token, await this.clock.now());
    const data = id ? await this.readMyData.run(id) : undefined;
    if (!data) return this.unknownLink.answer(request, reply);
    if (format !== 'json')
      return this.pages.html(reply, 'my-data', {
        locale: pickLocale(data.locale),
        ...dataView(data),
        download: `/my-data/${token}?format=json`,
      });
    await reply
      .headers({
        ...{ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' },
        'content-disposition': 'attachment; filename="my-data.json"',
      })
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(data, null, 2));
  }

  @Get('erase/:token')
  async look(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const id = this.links.read('erase', token, await this.clock.now());
    const locale = id ? await this.localeOf(id) : null;
    if (!locale) return this.unknownLink.answer(request, reply);
    return this.pages.html(reply, 'erase', { locale, action: `/erase/${token}`, erased: false });
  }

  @Post('erase/:token')
  @HttpCode(200)
  async press(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const now = await this.clock.now();
    const id = this.links.read('erase', token, now);
    const locale = id ? await this.localeOf(id) : null;
    if (!id || !locale) return this.unknownLink.answer(request, reply);
    await this.eraseReader.run(id, now);
    return this.pages.html(reply, 'erase', { locale, action: '', erased: true });
  }

  /** Links of letters to somebody who was merged into another reader are that reader's. */
  private async readerOf(id: string | null): Promise<string | null> {
    const row = id ? await one<{ id: string }>(this.db, `select ${readerOf('$1::bigint')} as id`, [id]) : undefined;
    return row?.id ?? null;
  }

  private async localeOf(id: string): Promise<Locale | null> {
    const row = await one<{ locale: string }>(this.db, `select locale from subscriber where id = $1`, [id]);
    return row ? pickLocale(row.locale) : null;
  }
}
