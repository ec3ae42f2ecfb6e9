import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { setCaller } from '../../api/caller.js';
import { covers } from '../../api/scope.js';
import { Clock } from '../../database/database.module.js';
import { DraftLetter } from '../../deliveries/draft-letter.js';
import { previewPolicy, proof } from '../../deliveries/proof-input.js';
import { SendProof } from '../../deliveries/send-proof.js';
import { AskRehearsal } from '../../editions/rehearsal/ask-rehearsal.js';
import { override } from '../../editions/rehearsal/override-input.js';
import { OverrideRehearsal } from '../../editions/rehearsal/override-rehearsal.js';
import { ApproveRundown } from '../../editions/rundown/approve-rundown.js';
import { changesBetween } from '../../editions/rundown/changes-between.js';
import { ForeseeIssue } from '../../editions/rundown/foresee-issue.js';
import type { Decisions } from '../../editions/rundown/rundown.js';
import { isStillOpen, readIssueFacts } from '../../editions/rundown/rundown-view.js';
import { findList } from '../../lists/find-list.js';
import { message } from '../../locales/messages.js';
import { readerLocale } from '../../pages/reader-locale.js';
import { act, deskScopes, readAction, readWay, verbOf } from './desk-action.js';
import { articlesIn, readDeskForm, type DeskForm } from './desk-form.js';
import { DeskSession, isSameOrigin } from './desk-session.js';
import { ReadDesk, type Shown } from './read-desk.js';
import { isTyped, SaveTyped } from './save-typed.js';
import { ShowDesk, type Visit } from './show-desk.js';

const nothing: Shown = { unsaved: null, typed: { addresses: '', reason: '' }, problem: null, said: null };

/** A button that was pressed, with the whole form. `typed`: it holds decisions that are not saved. */
interface Press {
  visit: Visit;
  form: DeskForm;
  typed: boolean;
}

/** The desk: an issue's rundown as a page, for editors. Works without a script; every button sends the whole form. */
@ApiExcludeController()
@Controller('desk/:slug/:date')
export class DeskController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly session: DeskSession,
    private readonly readDesk: ReadDesk,
    private readonly showDesk: ShowDesk,
    private readonly foreseeIssue: ForeseeIssue,
    private readonly saveTyped: SaveTyped,
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
    if (visit) await this.showDesk.run(visit, nothing);
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
    const facts = await readIssueFacts(this.db, visit.list, visit.date);
    const press = { visit, form, typed: isTyped(form.decisions, facts.rundown.decisions) };
    const verb = verbOf(form.do);
    if (!verb) return this.refuse(press, 'desk.unknown', 422);
    setCaller(request, { key: visit.key, now: visit.now, action: verb });
    const scope = deskScopes[verb];
    if (!covers(visit.key.scopes, scope))
      return this.refuse(press, scope === 'approve' ? 'desk.mayNotApprove' : 'desk.mayNot', 403);
    if (verb === 'go') return this.go(press, isStillOpen(facts));
    if (!isStillOpen(facts)) return this.refuse(press, 'desk.closed', 409);
    if (verb === 'approve') return this.approve(press);
    if (verb === 'proof') return this.proof(press);
    if (verb === 'override') return this.override(press);
    if (verb === 'rehearse') return this.rehearse(press);
    const action = readAction(form.do);
    if (!action) return this.refuse(press, 'desk.unknown', 422);
    const saved = await this.save(press, act(form.decisions, form.order, action));
    if (saved)
      await this.showDesk.run(visit, { ...nothing, typed: form.typed, said: message(visit.locale, 'desk.saved') });
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
    const { readers, at: hour } = await this.foreseeIssue.run(visit.list, visit.date, visit.now);
    const drafted = await this.draftLetter.run(visit.list, visit.date, readers, hour);
    if (drafted.kind !== 'drafted') throw new NotFoundException();
    const text = (request.query as { format?: unknown } | null)?.format === 'text';
    reply
      .headers({ 'content-security-policy': `${previewPolicy}; frame-ancestors 'self'`, 'cache-control': 'no-store' })
      .type(text ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8')
      .send(drafted.letter.letter[text ? 'text' : 'html']);
  }

  /** Saves decisions; what stands in the way is said, and nothing typed is lost. @returns false when the page has been sent */
  private async save(press: Press, decisions: Decisions): Promise<boolean> {
    const { visit, form } = press;
    const { list, date, key, now, locale } = visit;
    const saved = await this.saveTyped.run({ listId: list.id, date }, form.version, decisions, key, now);
    if (saved.kind === 'saved') return true;
    const shown = { ...keptBy(press), unsaved: form.decisions };
    if (saved.kind === 'wrong') {
      await this.showDesk.run(visit, { ...shown, problem: { kind: 'wrong', detail: saved.detail } }, 422);
      return false;
    }
    const { current, wanted } = saved;
    const changed = changesBetween(current.decisions, wanted).map((field) => message(locale, `desk.field.${field}`));
    const problem = { kind: 'changed' as const, by: current.editedBy ?? '', changed: changed.join(', ') };
    await this.showDesk.run(visit, { ...shown, problem }, 409);
    return false;
  }

  /** What was typed counts for every button but the approval. @returns false when the page has been sent */
  private async saveFirst(press: Press): Promise<boolean> {
    const mayEdit = covers(press.visit.key.scopes, 'edit');
    return !press.typed || !mayEdit || this.save(press, press.form.decisions);
  }

  private async approve(press: Press): Promise<void> {
    const { visit, form, typed } = press;
    const { list, date, key, now, locale } = visit;
    if (typed) return this.refuse(press, 'desk.saveFirst', 409);
    const approved = await this.approveRundown.run(list, date, form.version, key, now);
    if (approved.kind === 'approved')
      return this.showDesk.run(visit, { ...keptBy(press), said: message(locale, 'desk.approvedNow') });
    if (approved.kind === 'own work') return this.refuse(press, 'desk.ownWork', 409);
    return this.refuse(press, 'desk.readAgain', 409);
  }

  private async rehearse(press: Press): Promise<void> {
    const { list, date, key, now, locale } = press.visit;
    if (!(await this.saveFirst(press))) return;
    await this.askRehearsal.run(list.id, date, key.owner, now);
    await this.showDesk.run(press.visit, {
      ...nothing,
      typed: press.form.typed,
      said: message(locale, 'desk.rehearsalAsked'),
    });
  }

  private async override(press: Press): Promise<void> {
    const { list, date, key, now, locale } = press.visit;
    const read = override.safeParse({ reason: press.form.typed.reason });
    if (!read.success) return this.refuse(press, 'desk.noReason', 422);
    const done = await this.overrideRehearsal.run(list.id, date, read.data.reason, key, now);
    if (!done) return this.refuse(press, 'desk.nothingRed', 409);
    const typed = { ...press.form.typed, reason: '' };
    return this.showDesk.run(press.visit, { ...keptBy(press), typed, said: message(locale, 'desk.overriddenNow') });
  }

  private async proof(press: Press): Promise<void> {
    const { list, date, now, locale } = press.visit;
    const words = press.form.typed.addresses.split(/[\s,;]+/).filter(Boolean);
    const addresses = proof.safeParse({ addresses: words });
    if (!addresses.success) return this.refuse(press, 'desk.noAddress', 422);
    if (!(await this.saveFirst(press))) return;
    const { readers, at } = await this.foreseeIssue.run(list, date, now);
    const drafted = await this.draftLetter.run(list, date, readers, at);
    if (drafted.kind !== 'drafted') return this.refuse(press, 'desk.nothing', 409);
    const sent = await this.sendProof.mail(drafted.letter, addresses.data.addresses, press.visit.key.id, now);
    if (sent.kind === 'too many') return this.refuse(press, 'desk.tooManyProofs', 429);
    const count = sent.results.filter(({ accepted }) => accepted).length;
    const typed = { ...press.form.typed, addresses: '' };
    await this.showDesk.run(press.visit, { ...nothing, typed, said: message(locale, 'desk.proofSent', { count }) });
  }

  /** To another day, to the lists, or out. What was typed is saved before, where it can be. */
  private async go(press: Press, open: boolean): Promise<void> {
    const { reply, list } = press.visit;
    const way = readWay(press.form.do);
    if (!way) return this.refuse(press, 'desk.unknown', 422);
    if (open && !(await this.saveFirst(press))) return;
    if (way === 'out') this.session.close(reply);
    const locations: Record<string, string> = { out: '/desk/sign-in', lists: '/desk' };
    await reply
      .status(303)
      .header('location', locations[way] ?? `/desk/${list.slug}/${way}`)
      .send();
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

  private refuse(press: Press, key: string, status: number): Promise<void> {
    const { visit } = press;
    const problem = { kind: 'wrong' as const, detail: message(visit.locale, key) };
    return this.showDesk.run(visit, { ...keptBy(press), problem }, status);
  }
}

/** What stays in the fields: everything that was typed. */
const keptBy = ({ form, typed }: Press): Shown => ({
  ...nothing,
  unsaved: typed ? form.decisions : null,
  typed: form.typed,
});

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
