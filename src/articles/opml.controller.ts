import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { textOf } from '../api/answer.js';
import { fieldErrors } from '../api/field-errors.js';
import { pageOf, type Page } from '../api/page.js';
import { inWords, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { readOpml, writeOpml, type OutlinedFeed } from './opml.js';
import { SaveSource } from './save-source.js';
import { newSource } from './source-input.js';
import { Source } from './source.entity.js';
import { importedFeedSchema, type ImportedFeed } from './source.schema.js';

const opmlImport = z.strictObject({
  opml: z.string().max(900_000).describe('the text of an OPML file; its first 500 feeds are taken'),
});

/** Sources in the form that feed readers exchange. */
@ApiTags('sources')
@Controller('api/v1/sources/opml')
export class OpmlController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly saveSource: SaveSource,
  ) {}

  @Get()
  @Header('content-type', 'text/x-opml; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="sources.opml"')
  @ApiOperation({ summary: 'Feeds as OPML 2, in folders by section; without ended ones and the sample' })
  @ApiOkResponse(textOf('text/x-opml'))
  async export(): Promise<string> {
    const sources = await this.db.getRepository(Source).findBy({ kind: 'feed', sample: false });
    return writeOpml(sources.filter(({ state }) => state !== 'ended'));
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Add the feeds of an OPML file',
    description: 'Folders become sections. Answers what came of each; one that is refused keeps no other out.',
  })
  @ApiOkResponse({ standardSchema: pageOf(importedFeedSchema) })
  async import(@Body({ schema: opmlImport }) { opml }: z.output<typeof opmlImport>): Promise<Page<ImportedFeed>> {
    const feeds = readOpml(opml);
    if (!feeds)
      throw unprocessable([
        { path: 'opml', detail: 'is no OPML document', fix: 'Send the whole text of the file, without a DOCTYPE.' },
      ]);
    const items: ImportedFeed[] = [];
    for (const feed of feeds) items.push(await this.add(feed));
    return { items, nextCursor: null };
  }

  private async add({ url, title, section }: OutlinedFeed): Promise<ImportedFeed> {
    const input = newSource.safeParse({ url, title, section });
    if (!input.success)
      return {
        url,
        title,
        outcome: 'refused',
        reason: inWords(fieldErrors(newSource, { url, title, section }, input.error.issues)),
        source: null,
      };
    const saved = await this.saveSource.create(input.data, await this.clock.now());
    if (saved.kind === 'saved') return { url, title, outcome: 'added', reason: null, source: saved.source.id };
    if (saved.kind === 'url taken') return { url, title, outcome: 'already here', reason: null, source: saved.id };
    return {
      url,
      title,
      outcome: 'refused',
      reason: saved.kind === 'refused' ? saved.reason : saved.kind,
      source: null,
    };
  }
}
