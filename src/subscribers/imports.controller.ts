import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { RowOf } from '../api/answer.js';
import { keyOf } from '../api/caller.js';
import { id as idSchema } from '../api/field.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { notFound, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { one, sql } from '../database/sql.js';
import { findList } from '../lists/find-list.js';
import { scheduleFields } from '../lists/schedule-choice.js';
import { locales } from '../locales/messages.js';
import { attestationOf, consentInput } from './consent-input.js';
import { ImportReaders } from './import-readers.js';
import { importReportSchema, importSchema } from './import.schema.js';

const reader = z.strictObject({
  address: z.string().max(1000).describe('a mail address'),
  locale: z.enum(locales).optional(),
  ...scheduleFields,
});

const newImport = z.strictObject({
  list: z.string().max(64).describe('slug of the list'),
  subscribers: z.array(reader).min(1).max(2000).describe('up to 2,000 readers; send more in several imports'),
  consent: consentInput
    .nullable()
    .default(null)
    .describe('your attestation; without it each reader is asked to confirm'),
  dryRun: z.boolean().default(true).describe('true, the default: tells what would happen and changes nothing'),
});

type ImportView = RowOf<typeof importSchema>;

const select = `select i.id, l.slug as list, i.counts, i.consent, i.created_at as "createdAt" from import i join list l on l.id = i.list_id`;

@ApiTags('imports')
@Controller('api/v1/imports')
export class ImportsController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly importReaders: ImportReaders,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Imports that were made, newest first' })
  @ApiOkResponse({ standardSchema: pageOf(importSchema) })
  async all(
    @Query({ schema: pageQuery }) { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Page<ImportView>> {
    const rows = await sql<ImportView>(
      this.db,
      `${select} where $1::bigint is null or i.id < $1 order by i.id desc limit $2`,
      [beforeId(cursor), limit + 1],
    );
    return page(rows, limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One import' })
  @ApiOkResponse({ standardSchema: importSchema })
  async one(@Param('id', { schema: idSchema }) id: string): Promise<ImportView> {
    const row = await one<ImportView>(this.db, `${select} where i.id = $1`, [id]);
    if (!row) throw notFound('import', id);
    return row;
  }

  @Post()
  @ApiOperation({
    summary: 'Bring readers in from elsewhere',
    description: 'A dry run unless `dryRun` is false. Suppression always wins.',
  })
  @ApiCreatedResponse({ standardSchema: importReportSchema })
  async create(
    @Body({ schema: newImport }) body: z.output<typeof newImport>,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof importReportSchema>> {
    const list = await findList(this.db, body.list);
    if (!list || list.archivedAt)
      throw unprocessable([
        { path: 'list', detail: `there is no open list "${body.list}"`, fix: 'Send the slug of a list.' },
      ]);
    const now = await this.clock.now();
    const keyId = keyOf(request).id;
    const { dryRun } = body;
    const consent = body.consent && attestationOf(body.consent, keyId, now);
    const report = await this.importReaders.run({ list, lines: body.subscribers, consent, dryRun }, now);
    if (dryRun) return { id: null, dryRun, ...report };
    const kept = await one<{ id: string }>(
      this.db,
      `insert into import (list_id, key_id, consent, created_at, counts) values ($1, $2, $3, $4, $5) returning id`,
      [
        list.id,
        keyId,
        consent && JSON.stringify({ source: consent.source, at: consent.at.toString() }),
        now,
        JSON.stringify(report.counts),
      ],
    );
    return { id: kept!.id, dryRun, ...report };
  }
}
