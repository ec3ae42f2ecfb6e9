import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { networkOf } from '../api/network.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { Pages } from '../pages/pages.js';
import { Confirm, type Confirmation } from './confirm.js';
import { Links } from './links.js';
import { nextMorning, readSubscription, type SubscriptionDetails } from './read-subscription.js';
import { UnknownLink } from './unknown-link.js';

/** The link of a confirmation letter. GET and HEAD change nothing: scanners follow links, a person presses the button. */
@ApiExcludeController()
@Controller('confirm/:token')
export class ConfirmController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly confirm: Confirm,
    private readonly links: Links,
    private readonly unknownLink: UnknownLink,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const now = await this.clock.now();
    await this.answer(await this.confirm.look(token, now), token, request, reply, now);
  }

  @Post()
  @HttpCode(200)
  async press(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const now = await this.clock.now();
    await this.answer(
      await this.confirm.run(token, { network: networkOf(request.ip), shown: 'confirm page v1' }, now),
      token,
      request,
      reply,
      now,
    );
  }

  private async answer(
    outcome: Confirmation,
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
    now: Instant,
  ): Promise<void> {
    const subscription =
      'subscriptionId' in outcome ? await readSubscription(this.db, outcome.subscriptionId) : undefined;
    if (!subscription || outcome.kind === 'unknown') {
      return this.unknownLink.answer(request, reply);
    }
    const { locale, list } = subscription;
    switch (outcome.kind) {
      case 'ready':
        return this.pages.html(reply, 'confirm', { locale, list, action: `/confirm/${token}` });
      case 'expired':
        return this.pages.html(reply, 'link-expired', { locale, list, homeUrl: this.links.home() }, 410);
      case 'confirmed':
      case 'already':
        return this.done(reply, subscription, outcome.kind === 'already', now);
    }
  }

  private done(reply: FastifyReply, subscription: SubscriptionDetails, already: boolean, now: Instant): Promise<void> {
    const { locale, list, subscriberId } = subscription;
    const nextAt = nextMorning(subscription, now) ?? '';
    return this.pages.html(reply, 'confirmed', {
      locale,
      list,
      nextAt,
      preferencesUrl: this.links.preferences(subscriberId),
      already,
    });
  }
}
