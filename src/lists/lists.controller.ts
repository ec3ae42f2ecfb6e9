import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { one } from '../database/sql.js';
import { listChange, newList, type ListChange, type NewList } from './list-input.js';
import { listView, type ListView } from './list-view.js';
import { List } from './list.entity.js';
import { listSchema } from './list.schema.js';
import { SaveList, type ListSaved } from './save-list.js';

@ApiTags('lists')
@Controller('api/v1/lists')
export class ListsController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly saveList: SaveList,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All lists, archived ones included' })
  @ApiOkResponse({ standardSchema: pageOf(listSchema) })
  async all(@Query({ schema: pageQuery }) query: { limit: number; cursor?: string }): Promise<Page<ListView>> {
    const find = this.db
      .getRepository(List)
      .createQueryBuilder('list')
      .orderBy('list.id', 'DESC')
      .limit(query.limit + 1);
    const before = beforeId(query.cursor);
    if (before) find.where('list.id < :before', { before });
    const { items, nextCursor } = page(await find.getMany(), query.limit);
    return { items: await Promise.all(items.map((list) => this.view(list))), nextCursor };
  }

  @Get(':slug')
  @ApiOperation({ summary: 'One list' })
  @ApiOkResponse({ standardSchema: listSchema })
  async one(@Param('slug') slug: string): Promise<ListView> {
    const list = await this.db.getRepository(List).findOneBy({ slug });
    if (!list) throw notFound('list', slug);
    return this.view(list);
  }

  @Post()
  @ApiOperation({ summary: 'Make a list' })
  @ApiCreatedResponse({ standardSchema: listSchema })
  async create(@Body({ schema: newList }) body: NewList): Promise<ListView> {
    return this.answer(body.slug, await this.saveList.create(body, await this.clock.now()));
  }

  @Patch(':slug')
  @ApiOperation({
    summary: 'Change some fields of a list',
    description: 'A change of hour or zone holds from the next due instant on.',
  })
  @ApiOkResponse({ standardSchema: listSchema })
  async change(@Param('slug') slug: string, @Body({ schema: listChange }) body: ListChange): Promise<ListView> {
    return this.answer(slug, await this.saveList.change(slug, body, await this.clock.now()));
  }

  @Delete(':slug')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Archive a list',
    description: 'No editions and no sign-ups any more; what it sent stays readable.',
  })
  async archive(@Param('slug') slug: string): Promise<void> {
    if (!(await this.saveList.archive(slug, await this.clock.now()))) throw notFound('list', slug);
  }

  private async answer(slug: string, outcome: ListSaved): Promise<ListView> {
    switch (outcome.kind) {
      case 'saved':
        return this.view(outcome.list);
      case 'unknown':
        throw notFound('list', slug);
      case 'archived':
        throw conflict(`The list "${slug}" is archived and cannot be changed.`);
      case 'slug taken':
        throw conflict(`There is a list "${slug}" already. Choose another slug, or PATCH that one.`);
      case 'too few':
        throw unprocessable([
          { path: 'minStories', detail: 'is more than maxStories', fix: 'Send a minStories of at most maxStories.' },
        ]);
    }
  }

  private async view(list: List): Promise<ListView> {
    const row = await one<{ at: Date | null }>(
      this.db,
      `select min(next_due_at) as at from schedule where list_id = $1`,
      [list.id],
    );
    return listView(list, row?.at ?? null);
  }
}
