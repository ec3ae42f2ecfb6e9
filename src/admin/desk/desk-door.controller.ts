import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { setCaller } from '../../api/caller.js';
import { networkOf } from '../../api/network.js';
import { Clock } from '../../database/database.module.js';
import type { Instant } from '../../database/now.js';
import { sql } from '../../database/sql.js';
import { longDate } from '../../locales/dates.js';
import { Pages } from '../../pages/pages.js';
import { readerLocale } from '../../pages/reader-locale.js';
import { digestOf, longestKey } from '../api-key.js';
import { FailedKeys } from '../failed-keys.js';
import { IdentifyKey } from '../identify-key.js';
import { DeskSession, isSameOrigin } from './desk-session.js';

const daysAhead = 7;

/** The way to the desk: sign in with an API key, choose list and date, leave. */
@ApiExcludeController()
@Controller('desk')
export class DeskDoorController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly session: DeskSession,
    private readonly identify: IdentifyKey,
    private readonly failed: FailedKeys,
  ) {}

  @Get()
  async lists(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const now = await this.clock.now();
    const key = await this.session.read(request, now);
    if (!key) return void (await reply.status(303).header('location', '/desk/sign-in').send());
    const locale = readerLocale(request);
    const lists = await sql<{ slug: string; name: string; timeZone: string }>(
      this.db,
      `select slug, name, time_zone as "timeZone" from list where archived_at is null order by id`,
    );
    return this.pages.html(reply, 'desk-lists', {
      locale,
      editor: key.owner,
      lists: lists.map(({ slug, name, timeZone }) => ({ slug, name, days: daysOf(slug, timeZone, locale, now) })),
    });
  }

  @Get('sign-in')
  async door(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show(request, reply, false, 200);
  }

  @Post('sign-in')
  @HttpCode(200)
  async enter(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { key: text } = (body ?? {}) as { key?: unknown };
    const now = await this.clock.now();
    const network = networkOf(request.ip);
    const key = typeof text === 'string' ? text.trim() : '';
    if (!isSameOrigin(request)) return this.show(request, reply, true, 403);
    if (key.length > longestKey) return this.show(request, reply, true, 401);
    const looked = await this.failed.look(network, digestOf(key), () => this.identify.run(key, now));
    if (looked.kind !== 'found') return this.show(request, reply, true, looked.kind === 'unknown' ? 401 : 429);
    const known = looked.key;
    setCaller(request, { key: known, now });
    this.session.open(reply, known, now);
    await reply.status(303).header('location', wayFrom(request)).send();
  }

  @Post('sign-out')
  async leave(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (isSameOrigin(request)) this.session.close(reply);
    await reply.status(303).header('location', '/desk/sign-in').send();
  }

  private show(request: FastifyRequest, reply: FastifyReply, refused: boolean, status: number): Promise<void> {
    const to = wayFrom(request);
    return this.pages.html(reply, 'desk-sign-in', { locale: readerLocale(request), to, refused }, status);
  }
}

/** Where an editor wanted to go: a desk of ours, nowhere else. */
function wayFrom(request: FastifyRequest): string {
  const to = (request.query as { to?: unknown } | null)?.to;
  return typeof to === 'string' && /^\/desk\/[a-z0-9-]+\/\d{4}-\d\d-\d\d$/.test(to) ? to : '/desk';
}

function daysOf(slug: string, timeZone: string, locale: Parameters<typeof longDate>[0], now: Instant) {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  return Array.from({ length: daysAhead }, (_, n) => today.add({ days: n }).toString()).map((date) => ({
    url: `/desk/${slug}/${date}`,
    words: longDate(locale, date),
  }));
}
