import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { networkOf } from '../api/network.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { Pages } from '../pages/pages.js';
import { ChangeAddress, type AddressChanged } from './change-address.js';
import { Links } from './links.js';
import { nextMorning, readSubscriptionsOf } from './read-subscription.js';
import { UnknownLink } from './unknown-link.js';

const fields = z.object({ do: z.enum(['move', 'merge']).catch('move') }).catch({ do: 'move' });

/** The link of the letter to a new address. GET and HEAD change nothing; a person presses the button. */
@ApiExcludeController()
@Controller('address/:token')
export class AddressController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly changeAddress: ChangeAddress,
    private readonly links: Links,
    private readonly unknownLink: UnknownLink,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const now = await this.clock.now();
    return this.answer(await this.changeAddress.look(token, now), token, now, request, reply);
  }

  @Post()
  @HttpCode(200)
  async press(
    @Param('token') token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const now = await this.clock.now();
    const changed = await this.changeAddress.run(
      token,
      fields.parse(body).do === 'merge',
      { network: networkOf(request.ip), shown: 'address page v2' },
      now,
    );
    return this.answer(changed, token, now, request, reply);
  }

  private async answer(
    outcome: AddressChanged,
    token: string,
    now: Instant,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (outcome.kind === 'unknown') return this.unknownLink.answer(request, reply);
    const { locale, newAddress: address, subscriberId } = outcome.change;
    const preferencesUrl = this.links.preferences(subscriberId);
    const status = { ready: 200, changed: 200, taken: 409, expired: 410 }[outcome.kind];
    const next = outcome.kind === 'changed' ? await this.nextOf(subscriberId, now) : [];
    const page = { locale, address, outcome: outcome.kind, next, action: `/address/${token}`, preferencesUrl };
    return this.pages.html(reply, 'address', page, status);
  }

  private async nextOf(subscriberId: string, now: Instant): Promise<{ list: string; at: string }[]> {
    const subscriptions = await readSubscriptionsOf(this.db, subscriberId);
    return subscriptions.flatMap((one) => {
      const at = nextMorning(one, now);
      return at === null ? [] : [{ list: one.list.name, at }];
    });
  }
}
