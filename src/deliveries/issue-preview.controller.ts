import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { textOf } from '../api/answer.js';
import { keyOf } from '../api/caller.js';
import { id as idSchema, instant } from '../api/field.js';
import { conflict, notFound } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import type { Instant } from '../database/now.js';
import { findList } from '../lists/find-list.js';
import { DraftLetter } from './draft-letter.js';
import { previewPolicy, proof, type Proof } from './proof-input.js';
import { proofSchema, proofView, type ProofView } from './proof.schema.js';
import { SendProof } from './send-proof.js';
import type { AddressedLetter } from './write-edition-letter.js';

const date = z.iso.date('is not a date; send YYYY-MM-DD');
const query = z.object({
  format: z.enum(['html', 'text']).default('html'),
  at: instant.optional().describe('as it would be composed at this instant; absent: now'),
  subscription: idSchema.optional().describe('as this reader would get it, with what they chose and have had'),
});

/** An issue before it goes out. */
@ApiTags('issues')
@Controller('api/v1/lists/:slug/issues/:date')
export class IssuePreviewController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly draftLetter: DraftLetter,
    private readonly sendProof: SendProof,
  ) {}

  @Get('preview')
  @Header('content-security-policy', previewPolicy)
  @Header('x-content-type-options', 'nosniff')
  @ApiOperation({ summary: 'The letter as it would go out now, for everybody or for one reader; nothing is written' })
  @ApiOkResponse(textOf('text/html', 'text/plain'))
  async preview(
    @Param('slug') slug: string,
    @Param('date', { schema: date }) day: string,
    @Query({ schema: query }) { format, subscription, at }: z.output<typeof query>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { letter } = await this.draft(slug, day, subscription ?? null, at);
    reply.type(format === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
    return letter[format];
  }

  @Post('proof')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mail the letter as it would go out now to given addresses only' })
  @ApiOkResponse({ standardSchema: proofSchema })
  async proof(
    @Param('slug') slug: string,
    @Param('date', { schema: date }) day: string,
    @Body({ schema: proof }) { addresses }: Proof,
    @Req() request: FastifyRequest,
  ): Promise<ProofView> {
    const letter = await this.draft(slug, day, null);
    return proofView(await this.sendProof.mail(letter, addresses, keyOf(request).id, await this.clock.now()));
  }

  private async draft(slug: string, day: string, subscription: string | null, at?: Instant): Promise<AddressedLetter> {
    const list = await findList(this.db, slug);
    if (!list) throw notFound('list', slug);
    const drafted = await this.draftLetter.run(list, day, subscription, at ?? (await this.clock.now()));
    if (drafted.kind === 'unknown reader') throw notFound('subscription to this list', subscription!);
    if (drafted.kind === 'nothing to show') throw conflict('There is no story to show for this issue yet.');
    return drafted.letter;
  }
}
