import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../api/network.js';
import { Clock } from '../database/database.module.js';
import { Pages } from '../pages/pages.js';
import { ChangeAddress, type AddressChanged } from './change-address.js';
import { Links } from './links.js';
import { UnknownLink } from './unknown-link.js';

/** The link of the letter to a new address. GET and HEAD change nothing; a person presses the button. */
@ApiExcludeController()
@Controller('address/:token')
export class AddressController {
  constructor(
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly changeAddress: ChangeAddress,
    private readonly links: Links,
    private readonly unknownLink: UnknownLink,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(await this.changeAddress.look(token, await this.clock.now()), token, request, reply);
  }

  @Post()
  @HttpCode(200)
  async press(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const now = await this.clock.now();
    const changed = await this.changeAddress.run(
      token,
      { network: networkOf(request.ip), shown: 'address page v1' },
      now,
    );
    return this.answer(changed, token, request, reply);
  }

  private answer(outcome: AddressChanged, token: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (outcome.kind === 'unknown') return this.unknownLink.answer(request, reply);
    const { locale, newAddress: address, subscriberId } = outcome.change;
    const preferencesUrl = this.links.preferences(subscriberId);
    const status = { ready: 200, changed: 200, taken: 409, expired: 410 }[outcome.kind];
    const page = { locale, address, outcome: outcome.kind, action: `/address/${token}`, preferencesUrl };
    return this.pages.html(reply, 'address', page, status);
  }
}
