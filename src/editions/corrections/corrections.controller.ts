import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { keyOf } from '../../api/caller.js';
import { id as idSchema, line, lines } from '../../api/field.js';
import { pageOf, type Page } from '../../api/page.js';
import { conflict, notFound, unprocessable } from '../../api/problem.js';
import { CorrectArticle } from '../../articles/correct-article.js';
import { readCorrections, type Correction } from '../../articles/read-corrections.js';
import { Clock } from '../../database/database.module.js';
import { ApplyCorrections } from './apply-corrections.js';
import { correctionSchema, madeCorrectionSchema } from './correction.schema.js';

const correctionInput = z
  .strictObject({
    text: lines(600)
      .refine((text) => text.length >= 10, 'says too little; write a sentence of 10 characters or more')
      .describe('what was wrong and what is right, told to whoever had it'),
    title: line(300).min(1).optional(),
    standfirst: line(1000).optional(),
    body: z.string().max(500_000).optional().describe('HTML'),
    withdraw: z.boolean().default(false).describe('true: the article is taken back altogether'),
  })
  .refine(({ withdraw, ...change }) => !withdraw || Object.keys(change).length === 1, {
    path: ['withdraw'],
    message: 'comes with new lines; send either them or withdraw: true',
  })
  .refine(({ withdraw, ...change }) => withdraw || Object.keys(change).length > 1, {
    path: ['title'],
    message: 'is missing, as are standfirst and body; send what is right now, or withdraw: true',
  });

@ApiTags('articles')
@Controller('api/v1/articles/:id/corrections')
export class CorrectionsController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly correctArticle: CorrectArticle,
    private readonly applyCorrections: ApplyCorrections,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What was put right in an article, the oldest first' })
  @ApiOkResponse({ standardSchema: pageOf(correctionSchema) })
  async all(@Param('id', { schema: idSchema }) id: string): Promise<Page<Correction>> {
    return { items: await readCorrections(this.db, [id]), nextCursor: null };
  }

  @Post()
  @ApiOperation({
    summary: 'Correct an article, or take it back, and tell its readers',
    description:
      'Letters that are not on the wire yet go out corrected, from the moment of this answer. Whoever had it is told in their next letter; the article’s page and the archive tell it too.',
  })
  @ApiCreatedResponse({ standardSchema: madeCorrectionSchema })
  async correct(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: correctionInput }) { text, withdraw, ...change }: z.output<typeof correctionInput>,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof madeCorrectionSchema>> {
    const now = await this.clock.now();
    const order = { text, change: withdraw ? null : change };
    const corrected = await this.correctArticle.run(id, order, keyOf(request).owner, now);
    if (corrected.kind === 'unknown') throw notFound('article', id);
    if (corrected.kind === 'withdrawn') throw conflict('This article was withdrawn already.');
    if (corrected.kind === 'refused') throw unprocessable(corrected.errors);
    return { id: corrected.id, variants: await this.applyCorrections.run(await this.clock.now()) };
  }
}
