import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { networkOf } from '../api/network.js';
import { Clock } from '../database/database.module.js';
import { Pages } from '../pages/pages.js';
import { EndSubscription } from './end-subscription.js';
import { Links } from './links.js';
import { readSubscription, type SubscriptionDetails } from './read-subscription.js';
import { Tokens } from '../tokens/tokens.js';
import { UnknownLink } from './unknown-link.js';

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
    private readonly endSubscription: EndSubscription,
    private readonly unknownLink: UnknownLink,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const subscription = await this.find(token);
    if (!subscription) return this.unknownLink.answer(request, reply);
    const { locale, list, state } = subscription;
    return this.pages.html(reply, 'unsubscribe', {
      locale,
      list,
      action: `/unsubscribe/${token}`,
      ended: state === 'ended',
    });
  }

  @Post()
  @HttpCode(200)
  async press(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const subscription = await this.find(token);
    if (!subscription) return this.unknownLink.answer(request, reply);
    const { id, locale, list, subscriberId } = subscription;
    await this.endSubscription.run(
      id,
      networkOf(request.ip),
      'unsubscribe page or one-click v1',
      await this.clock.now(),
    );
    return this.pages.html(reply, 'unsubscribed', {
      locale,
      list,
      preferencesUrl: this.links.preferences(subscriberId),
    });
  }

  private async find(token: string): Promise<SubscriptionDetails | undefined> {
    const id = this.tokens.read('unsubscribe', token);
    return id ? readSubscription(this.db, id) : undefined;
  }
}
