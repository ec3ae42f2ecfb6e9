import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { networkOf } from '../api/network.js';
import { Clock } from '../database/database.module.js';
import { one, sql } from '../database/sql.js';
import { locales, message, pickLocale, type Locale } from '../locales/messages.js';
import { Pages } from '../pages/pages.js';
import { EndSubscription } from './end-subscription.js';
import { nextMorning, readSubscriptionsOf } from './read-subscription.js';
import { Tokens } from '../tokens/tokens.js';
import { UnknownLink } from './unknown-link.js';

const change = z.discriminatedUnion('do', [
  z.object({ do: z.literal('language'), locale: z.enum(locales) }),
  z.object({ do: z.literal('leave'), list: z.string().max(64) }),
]);

interface Reader {
  id: string;
  address: string;
  locale: Locale;
}

/** What a reader has subscribed to, and how to change it, on the link of their letters. */
@ApiExcludeController()
@Controller('preferences/:token')
export class PreferencesController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly tokens: Tokens,
    private readonly endSubscription: EndSubscription,
    private readonly unknownLink: UnknownLink,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const reader = await this.find(token);
    return reader ? this.page(reply, reader, token, false) : this.unknownLink.answer(request, reply);
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
    const wanted = change.safeParse(body ?? {});
    if (!wanted.success) return this.refuse(reply, reader.locale);
    if (wanted.data.do === 'leave') await this.leave(reader, wanted.data.list, networkOf(request.ip));
    else await sql(this.db, `update subscriber set locale = $2 where id = $1`, [reader.id, wanted.data.locale]);
    return this.page(reply, (await this.find(token)) ?? reader, token, true);
  }

  private async leave(reader: Reader, slug: string, network: string): Promise<void> {
    const subscription = await one<{ id: string }>(
      this.db,
      `select s.id from subscription s join list l on l.id = s.list_id where s.subscriber_id = $1 and l.slug = $2`,
      [reader.id, slug],
    );
    if (subscription)
      await this.endSubscription.run(subscription.id, network, 'preferences page v1', await this.clock.now());
  }

  private async page(reply: FastifyReply, reader: Reader, token: string, saved: boolean): Promise<void> {
    const now = await this.clock.now();
    const subscriptions = (await readSubscriptionsOf(this.db, reader.id)).map((subscription) => ({
      slug: subscription.list.slug,
      name: subscription.list.name,
      state: subscription.state,
      nextAt: nextMorning(subscription, now),
    }));
    const { address, locale } = reader;
    return this.pages.html(reply, 'preferences', {
      locale,
      address,
      action: `/preferences/${token}`,
      subscriptions,
      saved,
    });
  }

  private async find(token: string): Promise<Reader | undefined> {
    const id = this.tokens.read('preferences', token);
    const row = id
      ? await one<Reader>(this.db, `select id, address, locale from subscriber where id = $1`, [id])
      : undefined;
    return row && { ...row, locale: pickLocale(row.locale) };
  }

  private refuse(reply: FastifyReply, locale: Locale): Promise<void> {
    const [title, detail] = [message(locale, 'error.form.preferencesTitle'), message(locale, 'error.form.preferences')];
    return this.pages.html(reply, 'error', { locale, status: 422, title, detail }, 422);
  }
}
