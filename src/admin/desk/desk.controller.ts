import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { setCaller, type ApiKey } from '../../api/caller.js';
import { inWords } from '../../api/problem.js';
import { covers } from '../../api/scope.js';
import { Clock } from '../../database/database.module.js';
import type { Instant } from '../../database/now.js';
import { DraftLetter } from '../../deliveries/draft-letter.js';
import { previewPolicy, proof } from '../../deliveries/proof-input.js';
import { SendProof } from '../../deliveries/send-proof.js';
import { AskRehearsal } from '../../editions/rehearsal/ask-rehearsal.js';
import { override } from '../../editions/rehearsal/override-input.js';
import { OverrideRehearsal } from '../../editions/rehearsal/override-rehearsal.js';
import { ApproveRundown } from '../../editions/rundown/approve-rundown.js';
import { changesBetween } from '../../editions/rundown/changes-between.js';
import { rundownInput } from '../../editions/rundown/rundown-input.js';
import { WriteRundown } from '../../editions/rundown/write-rundown.js';
import { findList } from '../../lists/find-list.js';
import type { List } from '../../lists/list.entity.js';
import { message, type Locale } from '../../locales/messages.js';
import { Pages } from '../../pages/pages.js';
import { readerLocale } from '../../pages/reader-locale.js';
import { fieldErrors } from '../../api/field-errors.js';
import { act, deskScopes, readAction, verbOf } from './desk-action.js';
import { articlesIn, readDeskForm } from './desk-form.js';
import { DeskSession, isSameOrigin } from './desk-session.js';
import { ReadDesk, type Shown } from './read-desk.js';

const nothing: Shown = { unsaved: null, problem: null, said: null };

/** Whoever is at the desk, and what they look at. */
interface Visit {
  key: ApiKey;
  list: List;
  date: string;
  locale: Locale;
  now: Instant;
  reply: FastifyReply;
}

/** The desk: an issue's rundown as a page, for editors. Works without a script; every button sends the whole form. */
@ApiExcludeController()
@Controller('desk/:slug/:date')
export class DeskController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly session: DeskSession,
    private readonly readDesk: ReadDesk,
    private readonly writeRundown: WriteRundown,
    private readonly approveRundown: ApproveRundown,
    private readonly draftLetter: DraftLetter,
    private readonly sendProof: SendProof,
    private readonly askRehearsal: AskRehearsal,
    private readonly overrideRehearsal: OverrideRehearsal,
  ) {}

  @Get()
  async show(
    @Param() at: { slug: string; date: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visit(at, request, reply);
    if (visit) await this.page(visit, nothing);
  }

  @Post()
  @HttpCode(200)
  async press(
    @Param() at: { slug: string; date: string },
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visit(at, request, reply);
    if (!visit) return;
    const form = readDeskForm(body, await this.readDesk.originals(articlesIn(body)));
    const verb = verbOf(form.do);
    if (!verb) return this.refuse(visit, 'desk.unknown', 422);
    setCaller(request, { key: visit.key, now: visit.now, action: verb });
    const scope = deskScopes[verb];
    if (!covers(visit.key.scopes, scope))
      return this.refuse(visit, scope === 'approve' ? 'desk.mayNotApprove' : 'desk.mayNot', 403);
    if (verb === 'approve') return this.approve(visit, form.version);
    if (verb === 'proof') return this.proof(visit, body);
    if (verb === 'override') return this.override(visit, body);
    if (verb === 'rehearse') return this.rehearse(visit);
    const action = readAction(form.do);
    if (!action) return this.refuse(visit, 'desk.unknown', 422);
    const decisions = act(form.decisions, form.order, action);
    const checked = rundownInput.safeParse({ ...decisions, version: form.version });
    const unsaved = { decisions: form.decisions, order: form.order };
    if (!checked.success) {
      const detail = inWords(fieldErrors(rundownInput, { ...decisions, version: form.version }, checked.error.issues));
      return this.page(visit, { unsaved, problem: { kind: 'wrong', detail }, said: null }, 422);
    }
    const { list, date, key, now, locale } = visit;
    const { version, ...wanted } = checked.data;
    const written = await this.writeRundown.run({ listId: list.id, date }, version, wanted, key, now);
    if (written.kind === 'written') return this.page(visit, { ...nothing, said: message(locale, 'desk.saved') });
    if (written.kind === 'wrong')
      return this.page(
        visit,
        { unsaved, problem: { kind: 'wrong', detail: inWords(written.errors) }, said: null },
        422,
      );
    const { current } = written;
    const changed = changesBetween(current.decisions, wanted).map((field) => message(locale, `desk.field.${field}`));
    const problem = { kind: 'changed' as const, by: current.editedBy ?? '', changed: changed.join(', ') };
    await this.page(visit, { unsaved, problem, said: null }, 409);
  }

  /** The letter itself, for the frames of the page that shows it. */
  @Get('letter')
  async letter(
    @Param() at: { slug: string; date: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visit(at, request, reply);
    if (!visit) return;
    const drafted = await this.draftLetter.run(visit.list, visit.date, null, visit.now);
    if (drafted.kind !== 'drafted') throw new NotFoundException();
    const text = (request.query as { format?: unknown } | null)?.format === 'text';
    reply
      .headers({ 'content-security-policy': `${previewPolicy}; frame-ancestors 'self'`, 'cache-control': 'no-store' })
      .type(text ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8')
      .send(drafted.letter.letter[text ? 'text' : 'html']);
  }

  private async approve(visit: Visit, version: number): Promise<void> {
    const { list, date, key, now, locale } = visit;
    const approved = await this.approveRundown.run(list, date, version, key, now);
    if (approved.kind === 'approved')
      return this.page(visit, { ...nothing, said: message(locale, 'desk.approvedNow') });
    if (approved.kind === 'own work') return this.refuse(visit, 'desk.ownWork', 409);
    return this.refuse(visit, 'desk.readAgain', 409);
  }

  private async rehearse(visit: Visit): Promise<void> {
    await this.askRehearsal.run(visit.list.id, visit.date, visit.key.owner, visit.now);
    await this.page(visit, { ...nothing, said: message(visit.locale, 'desk.rehearsalAsked') });
  }

  private async override(visit: Visit, body: unknown): Promise<void> {
    const { list, date, key, now, locale } = visit;
    const read = override.safeParse({ reason: (body as { reason?: unknown }).reason });
    if (!read.success) return this.refuse(visit, 'desk.noReason', 422);
    const done = await this.overrideRehearsal.run(list.id, date, read.data.reason, key, now);
    if (!done) return this.refuse(visit, 'desk.nothingRed', 409);
    return this.page(visit, { ...nothing, said: message(locale, 'desk.overriddenNow') });
  }

  private async proof(visit: Visit, body: unknown): Promise<void> {
    const { list, date, now, locale } = visit;
    const { addresses: typed } = body as { addresses?: unknown };
    const words = typeof typed === 'string' ? typed.split(/[\s,;]+/).filter(Boolean) : [];
    const addresses = proof.safeParse({ addresses: words });
    if (!addresses.success) return this.refuse(visit, 'desk.noAddress', 422);
    const drafted = await this.draftLetter.run(list, date, null, now);
    if (drafted.kind !== 'drafted') return this.refuse(visit, 'desk.nothing', 409);
    const sent = await this.sendProof.mail(drafted.letter, addresses.data.addresses, visit.key.id, now);
    if (sent.kind === 'too many') return this.refuse(visit, 'desk.tooManyProofs', 429);
    const count = sent.results.filter(({ accepted }) => accepted).length;
    await this.page(visit, { ...nothing, said: message(locale, 'desk.proofSent', { count }) });
  }

  /** Whoever is not signed in is asked to; a form that another site sent is refused. */
  private async visit(
    at: { slug: string; date: string },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Visit | null> {
    const now = await this.clock.now();
    const key = await this.session.read(request, now);
    if (!key || (request.method === 'POST' && !isSameOrigin(request))) {
      await reply
        .status(303)
        .header('location', `/desk/sign-in?to=${encodeURIComponent(`/desk/${at.slug}/${at.date}`)}`)
        .send();
      return null;
    }
    setCaller(request, { key, now });
    const list = await findList(this.db, at.slug);
    if (!list || !isDate(at.date)) throw new NotFoundException();
    return { key, list, date: at.date, locale: readerLocale(request), now, reply };
  }

  private refuse(visit: Visit, key: string, status: number): Promise<void> {
    return this.page(visit, { ...nothing, problem: { kind: 'wrong', detail: message(visit.locale, key) } }, status);
  }

  private async page({ key, list, date, locale, now, reply }: Visit, shown: Shown, status = 200): Promise<void> {
    const desk = await this.readDesk.run(list, date, locale, shown, now);
    const mayApprove = covers(key.scopes, 'approve') && desk.approval.editedBy !== key.owner;
    const mayOverride = covers(key.scopes, 'approve');
    return this.pages.html(reply, 'desk', { locale, ...desk, editor: key.owner, mayApprove, mayOverride }, status);
  }
}

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
