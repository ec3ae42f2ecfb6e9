import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { id, instant } from '../../src/api/field.js';
import { pageQuery } from '../../src/api/page.js';
import { conflict } from '../../src/api/problem.js';
import { NeedsScope } from '../../src/api/scope.js';
import { sql } from '../../src/database/sql.js';

const thing = z.strictObject({
  title: z.string().min(1).max(20).describe('the headline, 1 to 20 characters'),
  url: z.url().describe('an absolute http(s) address'),
  figures: z.array(z.strictObject({ src: z.string().min(1), alt: z.string().default('') })).default([]),
  kind: z.enum(['feed', 'page']).default('feed'),
  publishedAt: instant.optional(),
});

/** How many things were really made, on all instances of this process. */
export const counted = { made: 0 };

export const good = { title: 'Hello', url: 'https://example.org/' };

@Controller('api/v1/things')
export class ThingsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Things' })
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(thing), limit: z.int() }) })
  list(@Query({ schema: pageQuery }) query: z.output<typeof pageQuery>) {
    return { items: [], limit: query.limit };
  }

  @Get('broken')
  @ApiOperation({ summary: 'Breaks' })
  broken() {
    return sql(this.db, `select 'ada@example.org'::bigint`);
  }

  @Get('approvals')
  @NeedsScope('approve')
  @ApiOperation({ summary: 'For approvers' })
  @ApiOkResponse({ standardSchema: z.object({ ok: z.boolean() }) })
  approvals() {
    return { ok: true };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A thing' })
  @ApiOkResponse({ standardSchema: z.object({ id: z.string() }) })
  get(@Param('id', { schema: id }) thingId: string) {
    return { id: thingId };
  }

  @Post()
  @ApiOperation({ summary: 'Make a thing' })
  @ApiCreatedResponse({ standardSchema: thing.extend({ made: z.int(), isInstant: z.boolean() }) })
  async make(@Body({ schema: thing }) body: z.output<typeof thing>) {
    counted.made += 1;
    if (body.title === 'slow') await sleep(300);
    if (body.title === 'conflict') throw conflict('Not now.', ['cancel']);
    if (body.title === 'broken') throw new Error('boom');
    return { made: counted.made, ...body, isInstant: body.publishedAt instanceof Temporal.Instant };
  }

  @Post(':id/pause')
  @HttpCode(204)
  @ApiOperation({ summary: 'Pause a thing' })
  pause() {
    counted.made += 1;
  }
}
