import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { keyOf } from '../../api/caller.js';
import { conflict, notFound } from '../../api/problem.js';
import { NeedsScope } from '../../api/scope.js';
import { Clock } from '../../database/database.module.js';
import { AskRehearsal } from '../../editions/rehearsal/ask-rehearsal.js';
import { override } from '../../editions/rehearsal/override-input.js';
import { OverrideRehearsal } from '../../editions/rehearsal/override-rehearsal.js';
import { readRehearsal } from '../../editions/rehearsal/read-rehearsal.js';
import type { Rehearsal } from '../../editions/rehearsal/rehearsal.js';
import { rehearsalSchema } from '../../editions/rehearsal/rehearsal.schema.js';
import { findList } from '../../lists/find-list.js';
import type { List } from '../../lists/list.entity.js';

const date = z.iso.date('is not a date; send YYYY-MM-DD');

/** An issue played to nobody. */
@ApiTags('issues')
@Controller('api/v1/lists/:slug/issues/:date/rehearsal')
export class RehearsalController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly askRehearsal: AskRehearsal,
    private readonly overrideRehearsal: OverrideRehearsal,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Rehearse an issue for the whole list: who gets it when, every letter’s size, dead links, alt texts, text against html',
    description: 'A worker does it; read the result with GET. Nothing is sent and nothing is written to the ledger.',
  })
  @ApiAcceptedResponse({ standardSchema: rehearsalSchema })
  async ask(
    @Param('slug') slug: string,
    @Param('date', { schema: date }) day: string,
    @Req() request: FastifyRequest,
  ): Promise<Rehearsal> {
    const list = await this.find(slug);
    if (list.archivedAt) throw conflict('The list is archived: it has no issues any more.');
    await this.askRehearsal.run(list.id, day, keyOf(request).owner, await this.clock.now());
    return this.latest(list, day);
  }

  @Get()
  @ApiOperation({ summary: 'The latest rehearsal of an issue: asked, green, red or failed, and its report' })
  @ApiOkResponse({ standardSchema: rehearsalSchema })
  async show(@Param('slug') slug: string, @Param('date', { schema: date }) day: string): Promise<Rehearsal> {
    return this.latest(await this.find(slug), day);
  }

  @Post('override')
  @HttpCode(200)
  @NeedsScope('approve')
  @ApiOperation({ summary: 'Let an issue go out though its rehearsal is red; the reason is kept with your name' })
  @ApiOkResponse({ standardSchema: rehearsalSchema })
  async override(
    @Param('slug') slug: string,
    @Param('date', { schema: date }) day: string,
    @Body({ schema: override }) { reason }: z.output<typeof override>,
    @Req() request: FastifyRequest,
  ): Promise<Rehearsal> {
    const list = await this.find(slug);
    const done = await this.overrideRehearsal.run(list.id, day, reason, keyOf(request), await this.clock.now());
    if (!done) throw conflict('The last rehearsal of this issue is not red: there is nothing to override.');
    return this.latest(list, day);
  }

  private async find(slug: string): Promise<List> {
    const list = await findList(this.db, slug);
    if (!list) throw notFound('list', slug);
    return list;
  }

  private async latest(list: List, day: string): Promise<Rehearsal> {
    const rehearsal = await readRehearsal(this.db, list.id, day);
    if (!rehearsal) throw notFound('rehearsal of the issue of', day);
    return rehearsal;
  }
}
