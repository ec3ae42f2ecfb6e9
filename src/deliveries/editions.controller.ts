import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { textOf } from '../api/answer.js';
import { keyOf } from '../api/caller.js';
import { id as idSchema } from '../api/field.js';
import { beforeId, page, pageOf, pageQuery, type Page } from '../api/page.js';
import { conflict, notFound, unprocessable } from '../api/problem.js';
import { Clock } from '../database/database.module.js';
import { ChangeEditionState } from '../editions/change-edition-state.js';
import { editionStates, transitions } from '../editions/edition.js';
import { SpecialEdition, type EarlierEdition } from '../editions/special-edition.js';
import { verdictSchema } from '../editions/verdict.schema.js';
import { readVerdicts, type VerdictView } from '../editions/verdicts.js';
import { findList } from '../lists/find-list.js';
import { editionSchema, pacedEditionSchema, retriedEditionSchema } from './edition.schema.js';
import { readPace, type Pace } from './edition-pace.js';
import { readEditionView, readEditionViews, type EditionView } from './edition-view.js';
import { deliveryCsv } from './delivery-csv.js';
import { OfferSlices } from './offer-slices.js';
import { PlanEdition } from './plan-edition.js';
import { previewPolicy, proof, type Proof } from './proof-input.js';
import { proofSchema, proofView, type ProofView } from './proof.schema.js';
import { RetryEdition } from './retry-edition.js';
import { SendProof } from './send-proof.js';

const editionQuery = pageQuery.extend({ list: z.string().max(64).optional(), state: z.enum(editionStates).optional() });
const previewQuery = z.object({ format: z.enum(['html', 'text']).default('html') });

const newEdition = z.strictObject({
  list: z.string().max(64).describe('slug of the list'),
  articles: z
    .array(idSchema)
    .min(1)
    .max(50)
    .optional()
    .describe('ids, in their order; without them the freshest up to the list’s maximum'),
  again: z
    .boolean()
    .default(false)
    .describe('true: send it also when the same stories went to this list within the last hour'),
});

@ApiTags('editions')
@Controller('api/v1/editions')
export class EditionsController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly specialEdition: SpecialEdition,
    private readonly planEdition: PlanEdition,
    private readonly offerSlices: OfferSlices,
    private readonly changeState: ChangeEditionState,
    private readonly sendProof: SendProof,
    private readonly retryEdition: RetryEdition,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Editions, newest first, with counts of their deliveries by state' })
  @ApiOkResponse({ standardSchema: pageOf(editionSchema) })
  async all(
    @Query({ schema: editionQuery }) { limit, cursor, list, state }: z.output<typeof editionQuery>,
  ): Promise<Page<EditionView>> {
    const narrowed = { ...(list && { list }), ...(state && { state }) };
    return page(await readEditionViews(this.db, { ...narrowed, before: beforeId(cursor), limit: limit + 1 }), limit);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One edition, with how fast it goes out and when it will be over' })
  @ApiOkResponse({ standardSchema: pacedEditionSchema })
  async one(@Param('id', { schema: idSchema }) id: string): Promise<EditionView & Pace> {
    const edition = await readEditionView(this.db, id);
    if (!edition) throw notFound('edition', id);
    return { ...edition, ...(await readPace(this.db, edition, await this.clock.now())) };
  }

  @Post()
  @ApiOperation({
    summary: 'Compose a special edition now and send it to every active subscription',
    description: 'The same stories go to a list once an hour: the second time is refused, unless `again` is true.',
  })
  @ApiCreatedResponse({ standardSchema: pacedEditionSchema })
  async create(@Body({ schema: newEdition }) body: z.output<typeof newEdition>): Promise<EditionView> {
    const list = await findList(this.db, body.list);
    if (!list || list.archivedAt)
      throw unprocessable([
        { path: 'list', detail: `there is no open list "${body.list}"`, fix: 'Send the slug of a list.' },
      ]);
    const now = await this.clock.now();
    const articles = body.articles && [...new Set(body.articles)];
    const opened = await this.specialEdition.run(list, 'all', articles, now, body.again);
    if (opened.kind === 'unknown articles')
      throw unprocessable([
        {
          path: 'articles',
          detail: `unknown or withdrawn: ${opened.ids.join(', ')}`,
          fix: 'Send ids that GET /api/v1/articles shows.',
        },
      ]);
    if (opened.kind === 'no stories')
      throw conflict('There is no fresh story to send. Push articles first, or name some.');
    if (opened.kind === 'sent before') throw sentBefore(opened.earlier);
    await this.planEdition.run(opened.editionId, now);
    await this.offerSlices.run(now);
    return this.one(opened.editionId);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop sending, for now' })
  @ApiOkResponse({ standardSchema: pacedEditionSchema })
  pause(@Param('id', { schema: idSchema }) id: string): Promise<EditionView> {
    return this.move(id, 'paused');
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go on sending' })
  @ApiOkResponse({ standardSchema: pacedEditionSchema })
  resume(@Param('id', { schema: idSchema }) id: string): Promise<EditionView> {
    return this.move(id, 'sending');
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop for good; letters not yet armed do not go out' })
  @ApiOkResponse({ standardSchema: pacedEditionSchema })
  cancel(@Param('id', { schema: idSchema }) id: string): Promise<EditionView> {
    return this.move(id, 'cancelled');
  }

  @Post(':id/retry')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Send once more to whom it failed for a cause that may be over: refused without a word about the reader and still fresh, or missed by our own fault and still of today',
  })
  @ApiOkResponse({ standardSchema: retriedEditionSchema })
  async retry(@Param('id', { schema: idSchema }) id: string): Promise<EditionView & { retried: number }> {
    const now = await this.clock.now();
    const retried = await this.retryEdition.run(id, now);
    if (retried.kind === 'unknown') throw notFound('edition', id);
    if (retried.kind === 'not allowed')
      throw conflict(
        `Edition ${id} is ${retried.state}: nothing of it can be tried again.`,
        transitions[retried.state],
      );
    await this.offerSlices.run(now);
    return { ...(await this.one(id)), retried: retried.count };
  }

  @Get(':id/deliveries.csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('x-content-type-options', 'nosniff')
  @ApiOperation({ summary: 'Who got it and who did not, as CSV' })
  @ApiOkResponse(textOf('text/csv'))
  async csv(@Param('id', { schema: idSchema }) id: string): Promise<StreamableFile> {
    if (!(await readEditionView(this.db, id))) throw notFound('edition', id);
    return new StreamableFile(Readable.from(deliveryCsv(this.db, id)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="edition-${id}.csv"`,
    });
  }

  @Get(':id/candidates')
  @ApiOperation({
    summary: 'The stories an edition’s public copy could carry, chosen or left out, and why',
    description: 'The chosen ones first, in their order, then the others by rank; at most 200.',
  })
  @ApiOkResponse({ standardSchema: pageOf(verdictSchema) })
  async candidates(@Param('id', { schema: idSchema }) id: string): Promise<Page<VerdictView>> {
    const items = await readVerdicts(this.db, id);
    if (!items) throw notFound('edition', id);
    return { items, nextCursor: null };
  }

  @Get(':id/preview')
  @Header('content-security-policy', previewPolicy)
  @Header('x-content-type-options', 'nosniff')
  @ApiOperation({ summary: 'The letter as it goes out, as html or text' })
  @ApiOkResponse(textOf('text/html', 'text/plain'))
  async preview(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: previewQuery }) { format }: z.output<typeof previewQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const written = await this.sendProof.write(id);
    if (typeof written === 'string') throw cannotShow(written, id);
    reply.type(format === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
    return written.letter[format];
  }

  @Post(':id/proof')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mail the edition to given addresses only' })
  @ApiOkResponse({ standardSchema: proofSchema })
  async proof(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: proof }) { addresses }: Proof,
    @Req() request: FastifyRequest,
  ): Promise<ProofView> {
    const sent = await this.sendProof.run(id, addresses, keyOf(request).id, await this.clock.now());
    if (sent.kind === 'unknown' || sent.kind === 'not composed') throw cannotShow(sent.kind, id);
    return proofView(sent);
  }

  private async move(id: string, to: 'paused' | 'sending' | 'cancelled'): Promise<EditionView> {
    const now = await this.clock.now();
    const changed = await this.changeState.run(id, to, now);
    if (changed.kind === 'unknown') throw notFound('edition', id);
    if (changed.kind === 'refused')
      throw conflict(`Edition ${id} is ${changed.from} and cannot become ${to}.`, changed.allowed);
    if (to === 'sending') await this.offerSlices.run(now);
    return this.one(id);
  }
}

const sentBefore = ({ id, openedAt }: EarlierEdition): Error =>
  conflict(
    `Edition ${id} went to this list with the same stories at ${openedAt.toISOString()}. To send them all the same, add "again": true.`,
  );

function cannotShow(why: 'unknown' | 'not composed', id: string): Error {
  return why === 'unknown'
    ? notFound('edition', id)
    : conflict(`Edition ${id} has not been composed: there is nothing to show.`);
}
