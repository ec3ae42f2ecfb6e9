import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { RowOf } from '../api/answer.js';
import { demand, keyOf } from '../api/caller.js';
import { id as idSchema } from '../api/field.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { one, sql } from '../database/sql.js';
import { findList } from '../lists/find-list.js';
import type { List } from '../lists/list.entity.js';
import { choiceOf } from '../lists/schedule-choice.js';
import { pickLocale } from '../locales/messages.js';
import { parseAddress } from '../mail/address.js';
import { Erased } from '../suppressions/erased.js';
import { Attest, type AttestedReader } from './attest.js';
import { attestationOf, type Attestation } from './consent-input.js';
import { SignUp } from './sign-up.js';
import { newSubscriber, type NewSubscriber } from './subscriber-input.js';
import { subscriberSchema } from './subscription.schema.js';

const query = pageQuery.extend({ address: z.string().max(300).optional(), list: z.string().max(64).optional() });

type SubscriberView = RowOf<typeof subscriberSchema>;

const select = `
  select r.id, r.address, r.locale, r.time_zone as "timeZone", r.created_at as "createdAt",
         (select reason from suppression x where x.address = r.address) as suppressed,
         coalesce((select json_agg(json_build_object('id', s.id::text, 'list', l.slug, 'state', s.state, 'sections', s.sections) order by s.id)
                     from subscription s join list l on l.id = s.list_id where s.subscriber_id = r.id), '[]') as subscriptions
    from subscriber r`;

@ApiTags('subscribers')
@Controller('api/v1/subscribers')
export class SubscribersController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly signUp: SignUp,
    private readonly attest: Attest,
    private readonly erased: Erased,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Subscribers, newest first; `address` and `list` narrow it down' })
  @ApiOkResponse({ standardSchema: pageOf(subscriberSchema) })
  async all(
    @Query({ schema: query }) { limit, cursor, address, list }: z.output<typeof query>,
  ): Promise<Page<SubscriberView>> {
    const rows = await sql<SubscriberView>(
      this.db,
      `${select} where ($1::bigint is null or r.id < $1) and ($2::text is null or r.address = $2)
          and ($3::text is null or exists (select 1 from subscription s join list l on l.id = s.list_id where s.subscriber_id = r.id and l.slug = $3))
        order by r.id desc limit $4`,
      [beforeId(cursor), address === undefined ? null : normalised(address), list ?? null, limit + 1],
    );
    return page(rows, limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One subscriber with their subscriptions' })
  @ApiOkResponse({ standardSchema: subscriberSchema })
  async one(@Param('id', { schema: idSchema }) id: string): Promise<SubscriberView> {
    const row = await one<SubscriberView>(this.db, `${select} where r.id = $1`, [id]);
    if (!row) throw notFound('subscriber', id);
    return row;
  }

  @Post()
  @ApiOperation({
    summary: 'Subscribe a reader',
    description:
      'Sends a confirmation letter; with `confirmed: true` and `consent` an admin (scope `admin`) attests instead, and the reader is active at once.',
  })
  @ApiCreatedResponse({ standardSchema: subscriberSchema })
  async add(
    @Body({ schema: newSubscriber }) body: NewSubscriber,
    @Req() request: FastifyRequest,
  ): Promise<SubscriberView> {
    if (body.confirmed) demand(request, 'admin');
    const list = await this.listOf(body);
    const now = await this.clock.now();
    const address = (body.address ?? body.email)!;
    if (await this.erased.has(this.db, address))
      throw conflict('This person had their data erased. Only their own sign-up and confirmation brings them back.');
    const reader = {
      address,
      list,
      locale: body.locale ?? pickLocale(list.locale),
      timeZone: body.timeZone,
      schedule: choiceOf(body),
      sections: body.sections,
    };
    const consent = body.consent && attestationOf(body.consent, keyOf(request).id, now);
    if (consent && body.confirmed) await this.attestFor(reader, consent);
    else await this.signUp.run({ ...reader, evidence: { network: null, shown: 'admin API' }, mayWrite: true }, now);
    const added = await one<SubscriberView>(this.db, `${select} where r.address = $1`, [address]);
    return added!;
  }

  private async attestFor(reader: AttestedReader, consent: Attestation): Promise<void> {
    if ((await this.attest.run(reader, consent)) === 'left since')
      throw conflict(
        'This reader has left since that consent was given. Only a newer consent, or the reader’s own sign-up, brings them back.',
      );
  }

  private async listOf(body: NewSubscriber): Promise<List> {
    const list = await findList(this.db, body.list);
    if (!list || list.archivedAt)
      throw unprocessable([
        {
          path: 'list',
          detail: `there is no open list "${body.list ?? ''}"`,
          fix: 'Send the slug of a list that GET /api/v1/lists shows.',
        },
      ]);
    const unknown = body.sections?.filter((section) => !list.sections.includes(section)) ?? [];
    if (unknown.length > 0)
      throw unprocessable([
        {
          path: 'sections',
          detail: `unknown: ${unknown.join(', ')}`,
          fix: `Send some of: ${list.sections.join(', ')}.`,
        },
      ]);
    return list;
  }
}

/** A filter by a text that is no address finds nobody, rather than everybody. */
function normalised(text: string): string {
  const parsed = parseAddress(text);
  return parsed.kind === 'address' ? parsed.address : '';
}
