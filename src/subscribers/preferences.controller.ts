import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { networkOf } from '../api/network.js';
import { Clock } from '../database/database.module.js';
import { one } from '../database/sql.js';
import { message, pickLocale, type Locale } from '../locales/messages.js';
import { Pages } from '../pages/pages.js';
import { Tokens } from '../tokens/tokens.js';
import { Links } from './links.js';
import { answerTo } from './preferences-answer.js';
import { readPreferences, type PreferencesSent } from './preferences-form.js';
import { readPreferencesOf } from './preferences-view.js';
import { isSomebody, readerOf } from './reader-data.js';
import { SavePreferences, type PreferencesSaved } from './save-preferences.js';
import { UnknownLink } from './unknown-link.js';

/** What the page says, counted up when its words change. */
const pageVersion = 'preferences page v3';

interface Reader {
  id: string;
  address: string;
  locale: Locale;
}

/** What a reader gets and when, and how to change it, on the link of their letters. */
@ApiExcludeController()
@Controller('preferences/:token')
export class PreferencesController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly tokens: Tokens,
    private readonly links: Links,
    private readonly savePreferences: SavePreferences,
    private readonly unknownLink: UnknownLink,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const reader = await this.find(token);
    return reader ? this.page(reply, reader, token) : this.unknownLink.answer(request, reply);
  }

  @Post()
  @HttpCode(200)
  async save(
    @Param('token') token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reader = await this.find(token);
    if (!reader) return this.unknownLink.answer(request, reply);
    const sent = readPreferences(body);
    if (!sent) return this.refuse(reply, reader.locale);
    const { id: subscriberId, address } = reader;
    const evidence = { network: networkOf(request.ip), shown: pageVersion };
    const asking = { subscriberId, address, evidence, now: await this.clock.now() };
    const saved = await this.savePreferences.run(sent, asking);
    return this.page(reply, (await this.find(token)) ?? reader, token, sent, saved);
  }

  /** @param sent the form, if it was sent; `saved`: what came of it */
  private async page(
    reply: FastifyReply,
    { id, address, locale }: Reader,
    token: string,
    sent?: PreferencesSent,
    saved?: PreferencesSaved,
  ): Promise<void> {
    const { subscriptions, offers } = await readPreferencesOf(this.db, id, await this.clock.now());
    const answer = answerTo(locale, subscriptions, sent, saved);
    const data = {
      ...{ locale, address, offers, ...answer },
      action: `/preferences/${token}`,
      archiveUrl: new URL(this.links.archive(id)).pathname,
    };
    return this.pages.html(reply, 'preferences', data, saved?.kind === 'fault' ? 422 : 200);
  }

  private async find(token: string): Promise<Reader | undefined> {
    const id = this.tokens.read('preferences', token);
    const row = id
      ? await one<Reader>(
          this.db,
          `select id, address, locale from subscriber r where id = ${readerOf('$1')} and ${isSomebody('r')}`,
          [id],
        )
      : undefined;
    return row && { ...row, locale: pickLocale(row.locale) };
  }

  private refuse(reply: FastifyReply, locale: Locale): Promise<void> {
    const [title, detail] = [message(locale, 'error.form.preferencesTitle'), message(locale, 'error.form.preferences')];
    return this.pages.html(reply, 'error', { locale, status: 422, title, detail }, 422);
  }
}
