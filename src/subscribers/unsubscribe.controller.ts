import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { networkOf } from '../api/network.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { message } from '../locales/messages.js';
import { Pages } from '../pages/pages.js';
import { Tokens } from '../tokens/tokens.js';
import { Leaving, leavingFields, type Left } from './leaving.js';
import { Links } from './links.js';
import { viewSubscription } from './preferences-view.js';
import { readSubscription, readSubscriptionsOf, toldIn, type SubscriptionDetails } from './read-subscription.js';
import { sayDone } from './say-done.js';
import { UnknownLink } from './unknown-link.js';
import { formBody } from '../pages/form-body.js';

/** What the page says, counted up when its words change. */
const shown = 'unsubscribe page or one-click v2';

const pausesDays = [7, 30];

/**
 * The unsubscribe link. GET and HEAD show a button. POST ends the subscription, pressed by a person or sent by a
 * mail program (RFC 8058 one-click): 200 without redirect, cookie or login, the second time too.
 */
@ApiExcludeController()
@Controller('unsubscribe/:token')
export class UnsubscribeController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly tokens: Tokens,
    private readonly links: Links,
    private readonly leaving: Leaving,
    private readonly unknownLink: UnknownLink,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const subscription = await this.find(token);
    if (!subscription) return this.unknownLink.answer(request, reply, this.tokens.read('unsubscribe', token) !== null);
    return this.ask(reply, subscription, token, await this.clock.now());
  }

  @Post()
  @HttpCode(200)
  async press(
    @Param('token') token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const subscription = await this.find(token);
    if (!subscription) return this.unknownLink.answer(request, reply, this.tokens.read('unsubscribe', token) !== null);
    const fields = leavingFields.parse(formBody(body));
    const now = await this.clock.now();
    const own = (await readSubscriptionsOf(this.db, subscription.subscriberId)).map(({ id }) => id);
    const left = await this.leaving.run(fields, subscription, own, { network: networkOf(request.ip), shown }, now);
    return this.answer(reply, left, subscription, token, now);
  }

  private async answer(
    reply: FastifyReply,
    left: Left,
    { id, locale, list, subscriberId }: SubscriptionDetails,
    token: string,
    now: Instant,
  ): Promise<void> {
    const common = {
      locale,
      list,
      action: `/unsubscribe/${token}`,
      preferencesUrl: this.links.preferences(subscriberId),
    };
    if (left.kind === 'left')
      return this.pages.html(reply, 'unsubscribed', { ...common, ...left, ended: left.ended.join('-') });
    const after = viewSubscription((await readSubscription(this.db, id))!, now);
    const said = left.kind === 'stayed' ? sayDone(locale, left.how, after) : message(locale, 'error.form.stale');
    return this.pages.html(reply, 'stayed', { ...common, said, late: left.kind === 'late' });
  }

  private async ask(
    reply: FastifyReply,
    subscription: SubscriptionDetails,
    token: string,
    now: Instant,
  ): Promise<void> {
    const { id, subscriberId, locale, list, state } = subscription;
    const today = now.toZonedDateTimeISO(toldIn(subscription)).toPlainDate();
    const standing = (await readSubscriptionsOf(this.db, subscriberId)).filter((one) => one.state !== 'ended');
    return this.pages.html(reply, 'unsubscribe', {
      locale,
      list,
      action: `/unsubscribe/${token}`,
      ended: state === 'ended',
      canUndo: viewSubscription(subscription, now).canUndo,
      gets: (state === 'active' || state === 'paused') && list.archivedAt === null,
      others: standing.some((one) => one.id !== id),
      weekdays: list.weekdays,
      pauses: pausesDays.map((days) => ({ days, until: today.add({ days }).toString() })),
    });
  }

  private async find(token: string): Promise<SubscriptionDetails | undefined> {
    const id = this.tokens.read('unsubscribe', token);
    return id ? readSubscription(this.db, id) : undefined;
  }
}
