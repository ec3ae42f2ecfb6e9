import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { sql } from '../database/sql.js';
import { issueSchema, type IssueView } from './issue.schema.js';

const query = pageQuery.extend({ list: z.string().max(64).optional().describe('slug of a list') });

@ApiTags('issues')
@Controller('api/v1/issues')
export class IssuesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Issues: a list’s paper for one local date, with its editions; newest first' })
  @ApiOkResponse({ standardSchema: pageOf(issueSchema) })
  async all(@Query({ schema: query }) { limit, cursor, list }: z.output<typeof query>): Promise<Page<IssueView>> {
    const rows = await sql<IssueView>(
      this.db,
      `select i.id, l.slug as list, i.local_date as date,
              (select coalesce(json_agg(json_build_object('id', e.id::text, 'kind', e.kind, 'state', e.state, 'subject', v.subject) order by e.id), '[]')
                 from edition e left join variant v on v.id = e.public_variant_id where e.issue_id = i.id) as editions
         from issue i join list l on l.id = i.list_id
        where ($1::bigint is null or i.id < $1) and ($2::text is null or l.slug = $2) order by i.id desc limit $3`,
      [beforeId(cursor), list ?? null, limit + 1],
    );
    return page(rows, limit);
  }
}
