import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { id } from '../api/field.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { DiscoverFeeds, type FoundFeed } from './discover-feeds.js';
import { healths } from './health/judge-health.js';
import { readSourceLog, type SourceLogEntry } from './health/source-log.js';
import { PollSource, type PollOutcome } from './poll-source.js';
import { SaveSource, type SourceSaved } from './save-source.js';
import { discovery, newSource, sourceChange, type NewSource, type SourceChange } from './source-input.js';
import { sourceView, type SourceView } from './source-view.js';
import { Source } from './source.entity.js';
import { foundFeedSchema, pollOutcomeSchema, sourceLogSchema, sourceSchema } from './source.schema.js';

const sourceQuery = pageQuery.extend({
  health: z.enum(healths).optional().describe('only those that are so, such as silent'),
});

@ApiTags('sources')
@Controller('api/v1/sources')
export class SourcesController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly saveSource: SaveSource,
    private readonly pollSource: PollSource,
    private readonly discoverFeeds: DiscoverFeeds,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Sources, the newest first, ended ones included' })
  @ApiOkResponse({ standardSchema: pageOf(sourceSchema) })
  async all(@Query({ schema: sourceQuery }) query: z.output<typeof sourceQuery>): Promise<Page<SourceView>> {
    const find = this.db
      .getRepository(Source)
      .createQueryBuilder('source')
      .orderBy('source.id', 'DESC')
      .limit(query.limit + 1);
    const before = beforeId(query.cursor);
    if (before) find.andWhere('source.id < :before', { before });
    if (query.health) find.andWhere('source.health = :health', { health: query.health });
    const { items, nextCursor } = page(await find.getMany(), query.limit);
    return { items: items.map(sourceView), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One source' })
  @ApiOkResponse({ standardSchema: sourceSchema })
  async one(@Param('id') key: string): Promise<SourceView> {
    return sourceView(await this.find(key));
  }

  @Post()
  @ApiOperation({
    summary: 'Add a source',
    description: 'It is polled within a minute. An ended one of the same address is taken up again.',
  })
  @ApiCreatedResponse({ standardSchema: sourceSchema })
  async add(@Body({ schema: newSource }) body: NewSource): Promise<SourceView> {
    return answer('', await this.saveSource.create(body, await this.clock.now()));
  }

  @Post('discover')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Find the feeds of a site',
    description: 'Those that the page announces, else those at the customary places, each read once. Nothing is added.',
  })
  @ApiOkResponse({ standardSchema: pageOf(foundFeedSchema) })
  async discover(@Body({ schema: discovery }) { url }: z.output<typeof discovery>): Promise<Page<FoundFeed>> {
    const found = await this.discoverFeeds.run(url);
    if (found.kind === 'found') return { items: found.feeds, nextCursor: null };
    throw unprocessable([
      { path: 'url', detail: found.reason, fix: 'Send the address of a page that anybody on the web can open.' },
    ]);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change some fields of a source' })
  @ApiOkResponse({ standardSchema: sourceSchema })
  async change(@Param('id') key: string, @Body({ schema: sourceChange }) body: SourceChange): Promise<SourceView> {
    return answer(key, await this.saveSource.change(idOf(key), body, await this.clock.now()));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a source', description: 'It is not polled any more; the articles it brought stay.' })
  async end(@Param('id') key: string): Promise<void> {
    if (!(await this.saveSource.end(idOf(key)))) throw notFound('source', key);
  }

  @Post(':id/poll')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Poll a source now',
    description: 'Answers what came of it, item by item for those that were skipped.',
  })
  @ApiOkResponse({ standardSchema: pollOutcomeSchema })
  async poll(@Param('id') key: string): Promise<PollOutcome> {
    const source = await this.find(key);
    if (source.state === 'ended') throw ended(key);
    return this.pollSource.run(source, await this.clock.now());
  }

  @Get(':id/log')
  @ApiOperation({
    summary: 'Polls that failed and items that came to nothing, with the reason, the latest first',
    description: 'Of the last 14 days, at most 200. `item` is null where the poll itself failed.',
  })
  @ApiOkResponse({ standardSchema: pageOf(sourceLogSchema) })
  async log(@Param('id') key: string): Promise<Page<SourceLogEntry>> {
    const { id: sourceId } = await this.find(key);
    return { items: await readSourceLog(this.db, sourceId, 200), nextCursor: null };
  }

  private async find(key: string): Promise<Source> {
    const source = await this.db.getRepository(Source).findOneBy({ id: idOf(key) });
    if (!source) throw notFound('source', key);
    return source;
  }
}

function answer(key: string, outcome: SourceSaved): SourceView {
  switch (outcome.kind) {
    case 'saved':
      return sourceView(outcome.source);
    case 'unknown':
      throw notFound('source', key);
    case 'ended':
      throw ended(key);
    case 'sample':
      throw conflict('The address of the sample follows the service and cannot be changed.');
    case 'url taken':
      throw conflict(`Source ${outcome.id} has this address already. PATCH that one, or DELETE it first.`);
    case 'refused':
      throw unprocessable([
        {
          path: 'url',
          detail: outcome.reason,
          fix: 'Send a public http(s) address, or open the host with ALLOW_PRIVATE_HOSTS.',
        },
      ]);
  }
}

function idOf(key: string): string {
  if (!id.safeParse(key).success) throw notFound('source', key);
  return key;
}

const ended = (key: string) =>
  conflict(`Source ${key} has ended. POST its address to /api/v1/sources to take it up again.`);
