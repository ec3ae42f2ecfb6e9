import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { RowOf } from '../api/answer.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { sql } from '../database/sql.js';

const auditQuery = pageQuery.extend({
  key: z.string().max(40).optional().describe('only what this key did, by its id'),
});

const auditView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  key: z.string().describe('id of the key'),
  method: z.string(),
  route: z.string().describe('template of the route'),
  target: z.string().describe('path with its ids'),
  action: z.string().nullable().describe('the button of the desk, such as approve; null: the route says it'),
  status: z.number().int(),
  network: z.string().nullable().describe('where the request came from, /24 or /48'),
});

type AuditRow = RowOf<typeof auditView>;

@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'What was changed or tried through the API, newest first' })
  @ApiOkResponse({ standardSchema: pageOf(auditView) })
  async list(@Query({ schema: auditQuery }) query: z.output<typeof auditQuery>): Promise<Page<AuditRow>> {
    const rows = await sql<AuditRow>(
      this.db,
      `select id, at, key_id as key, method, route, target, action, status, network from audit_event
        where ($1::bigint is null or id < $1) and ($2::text is null or key_id = $2) order by id desc limit $3`,
      [beforeId(query.cursor), query.key ?? null, query.limit + 1],
    );
    return page(rows, query.limit);
  }
}
