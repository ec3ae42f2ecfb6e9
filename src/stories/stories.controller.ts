import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { RowOf } from '../api/answer.js';
import { id as idSchema, instant } from '../api/field.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { notFound } from '../api/problem.js';
import { one, sql } from '../database/sql.js';
import { storySchema } from './story.schema.js';

type StoryView = RowOf<typeof storySchema>;
type StoryRow = Omit<StoryView, 'score' | 'why'>;

const storyQuery = pageQuery.extend({
  language: z.string().max(35).optional().describe('only stories with an article in this language, such as ar'),
  article: idSchema.optional().describe('only the story of this article'),
  publishers: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .describe('only what this many publishers carry, or more'),
  since: instant.optional().describe('only stories with an article first seen since'),
});

const select = `
  select t.id, t.first_seen_at as "firstSeenAt", t.last_seen_at as "lastSeenAt",
         array_agg(a.id::text order by a.id) as articles,
         array_agg(distinct a.language) as languages, array_agg(distinct a.publisher) as publishers
    from story t join story_article m on m.story_id = t.id join article a on a.id = m.article_id`;

@ApiTags('stories')
@Controller('api/v1/stories')
export class StoriesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Stories with their articles, newest first' })
  @ApiOkResponse({ standardSchema: pageOf(storySchema) })
  async all(@Query({ schema: storyQuery }) query: z.output<typeof storyQuery>): Promise<Page<StoryView>> {
    const { limit, cursor, language = null, article = null, publishers = 1, since = null } = query;
    const rows = await sql<StoryRow>(
      this.db,
      `${select}
        where ($1::bigint is null or t.id < $1) and ($2::timestamptz is null or t.last_seen_at >= $2)
          and ($3::bigint is null or t.id = (select story_id from story_article where article_id = $3))
        group by t.id having ($4::text is null or $4 = any(array_agg(a.language))) and count(distinct a.publisher) >= $5
        order by t.id desc limit $6`,
      [beforeId(cursor), since, article, language, publishers, limit + 1],
    );
    return page(rows.map(view), limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One story' })
  @ApiOkResponse({ standardSchema: storySchema })
  async one(@Param('id', { schema: idSchema }) id: string): Promise<StoryView> {
    const row = await one<StoryRow>(this.db, `${select} where t.id = $1 group by t.id`, [id]);
    if (!row) throw notFound('story', id);
    return view(row);
  }
}

function view(row: StoryRow): StoryView {
  const score = row.publishers.length;
  return {
    ...row,
    score,
    why: [`carried by ${score === 1 ? 'one publisher' : `${score} publishers`}: ${row.publishers.join(', ')}`],
  };
}
