import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { keyOf } from '../../api/caller.js';
import { pageOf, type Page } from '../../api/page.js';
import { conflict, notFound, Problem, unprocessable } from '../../api/problem.js';
import { NeedsScope } from '../../api/scope.js';
import { Clock } from '../../database/database.module.js';
import type { Instant } from '../../database/now.js';
import { findList } from '../../lists/find-list.js';
import type { List } from '../../lists/list.entity.js';
import { verdictSchema } from '../verdict.schema.js';
import { viewOf, type VerdictView } from '../verdicts.js';
import { ApproveRundown } from './approve-rundown.js';
import { changesBetween } from './changes-between.js';
import { ForeseeIssue } from './foresee-issue.js';
import type { Decisions, Rundown } from './rundown.js';
import { rundownInput, type RundownInput } from './rundown-input.js';
import { isStillOpen, readIssueFacts, rundownView, type RundownView } from './rundown-view.js';
import { rundownSchema } from './rundown.schema.js';
import { WriteRundown } from './write-rundown.js';

const date = z.iso.date('is not a date; send YYYY-MM-DD');
const approval = z.strictObject({ version: z.int32().min(1).describe('the version that you have read') });
const mostCandidates = 300;

/** An issue's rundown: what editors decide on one date's paper of a list. */
@ApiTags('issues')
@Controller('api/v1/lists/:slug/issues/:date')
export class RundownController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly writeRundown: WriteRundown,
    private readonly approveRundown: ApproveRundown,
    private readonly foreseeIssue: ForeseeIssue,
  ) {}

  @Get('rundown')
  @ApiOperation({ summary: 'What editors decided on an issue, and what becomes of it' })
  @ApiOkResponse({ standardSchema: rundownSchema })
  async show(@Param('slug') slug: string, @Param('date', { schema: date }) day: string): Promise<RundownView> {
    return this.view(await this.find(slug), day, await this.clock.now());
  }

  @Put('rundown')
  @ApiOperation({
    summary: 'Decide on an issue: pins, drops, lines, note, subject, preheader, hold',
    description:
      'The whole rundown, based on the `version` that you read: if somebody was faster, 409 tells what they changed and nothing is overwritten. Editions that are composed already keep what they have.',
  })
  @ApiOkResponse({ standardSchema: rundownSchema })
  async write(
    @Param('slug') slug: string,
    @Param('date', { schema: date }) day: string,
    @Body({ schema: rundownInput }) body: RundownInput,
    @Req() request: FastifyRequest,
  ): Promise<RundownView> {
    const list = await this.find(slug);
    const now = await this.clock.now();
    if (!isStillOpen(await readIssueFacts(this.db, list, day)))
      throw conflict(`Nothing can be changed on ${day}: ${(await this.view(list, day, now)).announcement}`);
    const { version, ...decisions } = body;
    const written = await this.writeRundown.run(
      { listId: list.id, date: day },
      version,
      decisions,
      keyOf(request),
      now,
    );
    if (written.kind === 'wrong') throw unprocessable(written.errors);
    if (written.kind === 'changed meanwhile') throw changedMeanwhile(written.current, decisions);
    return this.view(list, day, now);
  }

  @Post('rundown/approve')
  @HttpCode(200)
  @NeedsScope('approve')
  @ApiOperation({ summary: 'Approve a version of the rundown; where the list wants it, as a second person' })
  @ApiOkResponse({ standardSchema: rundownSchema })
  async approve(
    @Param('slug') slug: string,
    @Param('date', { schema: date }) day: string,
    @Body({ schema: approval }) { version }: z.output<typeof approval>,
    @Req() request: FastifyRequest,
  ): Promise<RundownView> {
    const list = await this.find(slug);
    const now = await this.clock.now();
    const approved = await this.approveRundown.run(list, day, version, keyOf(request), now);
    if (approved.kind === 'nothing to approve')
      throw conflict('Nobody has written a rundown for this issue yet: PUT one first.');
    if (approved.kind === 'own work')
      throw conflict(`${approved.by} edited this version; a second person has to approve it.`);
    if (approved.kind === 'changed meanwhile') throw changedMeanwhile(approved.current, approved.current.decisions);
    return this.view(list, day, now);
  }

  @Get('candidates')
  @ApiOperation({
    summary: 'The stories that could go into an issue at its hour, by its rundown, and why each is chosen or left out',
    description:
      'Of the stories that are there now, for readers who have had every issue before it. The chosen ones first, in their order, then the others by rank; at most 300. None once every edition of the date has been composed.',
  })
  @ApiOkResponse({ standardSchema: pageOf(verdictSchema) })
  async candidates(
    @Param('slug') slug: string,
    @Param('date', { schema: date }) day: string,
  ): Promise<Page<VerdictView>> {
    const { verdicts } = await this.foreseeIssue.run(await this.find(slug), day, await this.clock.now());
    return { items: verdicts.slice(0, mostCandidates).map(viewOf), nextCursor: null };
  }

  private async view(list: List, day: string, now: Instant): Promise<RundownView> {
    const { facts, forecast } = await this.foreseeIssue.run(list, day, now);
    return rundownView(list, day, facts, forecast);
  }

  private async find(slug: string): Promise<List> {
    const list = await findList(this.db, slug);
    if (!list) throw notFound('list', slug);
    return list;
  }
}

/** Tells the second editor who was faster, and in what their wishes differ. */
function changedMeanwhile(current: Rundown, wished: Decisions): Problem {
  const changed = changesBetween(current.decisions, wished);
  const differs = changed.length > 0 ? ` It differs from yours in ${changed.join(', ')}.` : '';
  return new Problem(
    409,
    'Changed meanwhile',
    `${current.editedBy ?? 'Nobody'} wrote version ${current.version}${current.editedAt ? ` at ${current.editedAt.toISOString()}` : ''}.${differs} Read it and send yours with its version.`,
    { current: { version: current.version, editedBy: current.editedBy, ...current.decisions }, changed },
  );
}
