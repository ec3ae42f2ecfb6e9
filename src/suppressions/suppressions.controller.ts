import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { RowOf } from '../api/answer.js';
import { demand, keyOf } from '../api/caller.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { notFound, unprocessable } from '../api/problem.js';
import { covers } from '../api/scope.js';
import { Clock } from '../database/database.module.js';
import { sql } from '../database/sql.js';
import { parseAddress } from '../mail/address.js';
import { addedSuppressionSchema, suppressionSchema } from './suppression.schema.js';
import { isWeighty, suppressionReasons, Suppressions } from './suppressions.js';

const suppressionInput = z.strictObject({
  address: z.string().max(1000).describe('the mail address, such as reader@example.org'),
  reason: z.enum(['bounce', 'complaint', 'manual']).default('manual'),
  detail: z.string().max(500).default('').describe('why, for those who read it later'),
});

type SuppressionRow = RowOf<typeof suppressionSchema>;

@ApiTags('suppressions')
@Controller('api/v1/suppressions')
export class SuppressionsController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly suppressions: Suppressions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Addresses that letters do not go to' })
  @ApiOkResponse({ standardSchema: pageOf(suppressionSchema) })
  async list(@Query({ schema: pageQuery }) query: z.output<typeof pageQuery>): Promise<Page<SuppressionRow>> {
    const rows = await sql<SuppressionRow>(
      this.db,
      `select id, address, reason, detail, created_at as "createdAt" from suppression
        where $1::bigint is null or id < $1 order by id desc limit $2`,
      [beforeId(query.cursor), query.limit + 1],
    );
    return page(rows, query.limit);
  }

  @Post()
  @ApiOperation({ summary: 'Suppress an address' })
  @ApiCreatedResponse({ standardSchema: addedSuppressionSchema })
  async add(
    @Body({ schema: suppressionInput }) body: z.output<typeof suppressionInput>,
  ): Promise<z.output<typeof addedSuppressionSchema>> {
    const address = normalised(body.address);
    return {
      address,
      added: await this.suppressions.add(this.db, address, body.reason, body.detail, await this.clock.now()),
    };
  }

  @Delete(':address')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Lift a suppression',
    description: 'One for a complaint, or of an erased person, takes a key with the scope `admin`.',
  })
  async lift(@Param('address') text: string, @Req() request: FastifyRequest): Promise<void> {
    const address = normalised(text);
    const isAdmin = covers(keyOf(request).scopes, 'admin');
    const reasons = suppressionReasons.filter((reason) => isAdmin || !isWeighty(reason));
    if (await this.suppressions.lift(this.db, address, reasons)) return;
    if (await this.suppressions.has(this.db, address)) demand(request, 'admin');
    throw notFound('suppression for', text);
  }
}

function normalised(text: string): string {
  const parsed = parseAddress(text);
  if (parsed.kind === 'address') return parsed.address;
  throw unprocessable([
    {
      path: 'address',
      detail: `not a mail address (${parsed.fault})`,
      fix: 'Send one address, such as reader@example.org.',
    },
  ]);
}
