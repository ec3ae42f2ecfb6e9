import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { id as idSchema } from '../api/field.js';
import { beforeId, page, pageQuery, type Page } from '../api/page.js';
import { notFound } from '../api/problem.js';
import { one, sql } from '../database/sql.js';

interface StoryRow {
  id: string;
  articles: string[];
  languages: string[];
  publishers: string[];
  firstSeenAt: Date;
  lastSeenAt: Date;
}

/** `score`: how many independent publishers carry the event; `why` says it in words. */
interface StoryView extends StoryRow {
  score: number;
  why: string[];
}

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
  async all(
    @Query({ schema: pageQuery }) { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Page<StoryView>> {
    const rows = await sql<StoryRow>(
      this.db,
      `${select} where $1::bigint is null or t.id < $1 group by t.id order by t.id desc limit $2`,
      [beforeId(cursor), limit + 1],
    );
    return page(rows.map(view), limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One story' })
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
