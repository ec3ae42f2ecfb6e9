import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { textOf } from '../api/answer.js';
import { conflict, notFound, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { sampleEdition } from '../letters/sample-edition.js';
import { writeEdition } from '../letters/write-edition.js';
import { findList } from '../lists/find-list.js';
import type { List } from '../lists/list.entity.js';
import { readTemplate, SaveTemplate, type StoredTemplate } from '../lists/save-template.js';
import { Links } from '../subscribers/links.js';
import { DraftLetter } from './draft-letter.js';
import { previewPolicy } from './proof-input.js';
import { templateSchema } from './template.schema.js';

const input = z.strictObject({
  mjml: z.string().min(1).max(150_000).describe('MJML with Liquid in it; docs/TEMPLATES.md says what it may use'),
});

/** A list's own html for its editions. */
@ApiTags('lists')
@Controller('api/v1/lists/:slug/template')
export class TemplateController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly saveTemplate: SaveTemplate,
    private readonly draftLetter: DraftLetter,
    private readonly links: Links,
  ) {}

  @Get()
  @ApiOperation({ summary: 'A list’s own template: draft, live, and why the live one was not used last' })
  @ApiOkResponse({ standardSchema: templateSchema })
  async show(@Param('slug') slug: string): Promise<StoredTemplate> {
    await this.find(slug);
    const stored = await readTemplate(this.db, slug);
    if (!stored) throw notFound('template of list', slug);
    return stored;
  }

  @Put()
  @ApiOperation({
    summary: 'Keep a draft of a template',
    description: 'It is tried with a sample letter first; it reaches nobody before it is published.',
  })
  @ApiOkResponse({ standardSchema: templateSchema })
  async draft(
    @Param('slug') slug: string,
    @Body({ schema: input }) { mjml }: z.output<typeof input>,
  ): Promise<StoredTemplate> {
    const problem = await this.saveTemplate.draft(await this.find(slug), mjml, await this.clock.now());
    if (problem) throw unprocessable([{ path: 'mjml', detail: problem, fix: 'Mend it and send it again.' }]);
    return this.show(slug);
  }

  @Get('preview')
  @Header('content-security-policy', previewPolicy)
  @ApiOperation({ summary: 'Today’s letter by the draft, or by the live template; without stories, a sample' })
  @ApiOkResponse(textOf('text/html'))
  async preview(@Param('slug') slug: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const list = await this.find(slug);
    const stored = await readTemplate(this.db, slug);
    const mjml = stored?.draft ?? stored?.live;
    if (!mjml) throw notFound('template of list', slug);
    const now = await this.clock.now();
    const day = now.toZonedDateTimeISO(list.timeZone).toPlainDate().toString();
    reply.type('text/html; charset=utf-8');
    const own = { mjml, failed: () => undefined };
    const drafted = await this.draftLetter.run(list, day, null, now, own);
    if (drafted.kind === 'drafted') return drafted.letter.letter.html;
    return (await writeEdition(sampleEdition('en', { ...list, homeUrl: this.links.home() }), own)).html;
  }

  @Post('publish')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make the draft live: for letters that are written from now on' })
  @ApiOkResponse({ standardSchema: templateSchema })
  async publish(@Param('slug') slug: string): Promise<StoredTemplate> {
    const list = await this.find(slug);
    if (!(await this.saveTemplate.publish(list.id, await this.clock.now())))
      throw conflict('There is no draft to publish: PUT one first.');
    return this.show(slug);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Go back to the house’s letter' })
  async remove(@Param('slug') slug: string): Promise<void> {
    await this.saveTemplate.remove((await this.find(slug)).id);
  }

  private async find(slug: string): Promise<List> {
    const list = await findList(this.db, slug);
    if (!list) throw notFound('list', slug);
    return list;
  }
}
