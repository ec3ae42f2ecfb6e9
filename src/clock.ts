import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { ForgetRequests } from './admin/forget-requests.js';
import { AskSummaries } from './articles/summary/ask-summaries.js';
import { CompleteArticles } from './articles/pages/complete-articles.js';
import { WatchSources } from './articles/health/watch-sources.js';
import { ForgetOld } from './articles/forget-old.js';
import { PollSources } from './articles/poll-sources.js';
import { CONFIG, type Config } from './config.js';
import { Clock } from './database/database.module.js';
import type { Instant } from './database/now.js';
import { sql } from './database/sql.js';
import { CloseEditions } from './deliveries/close-editions.js';
import { OfferSlices } from './deliveries/offer-slices.js';
import { PlanEdition, plansAtOnce } from './deliveries/plan-edition.js';
import { readyTogether } from './deliveries/ready-together.js';
import { FinishEffects } from './deliveries/finish-effects.js';
import { Reconcile } from './deliveries/reconcile.js';
import { RestoreGuard } from './deliveries/restore-guard.js';
import { SendWelcomes } from './deliveries/send-welcomes.js';
import { ApplyCorrections } from './editions/corrections/apply-corrections.js';
import { EndHeldEditions } from './editions/end-held-editions.js';
import { WatchRehearsals } from './editions/rehearsal/watch-rehearsals.js';
import { WatchApprovals } from './editions/rundown/watch-approvals.js';
import { ComposeEdition } from './editions/compose-edition.js';
import type { EditionState } from './editions/edition.js';
import { OpenDueEditions } from './editions/open-due-editions.js';
import { fewAtOnce } from './few-at-once.js';
import { Outbox } from './mail/outbox.js';
import { SendOutbox } from './mail/send-outbox.js';
import { ForgetVectors } from './stories/forget-vectors.js';
import { AssignStories } from './stories/assign-stories.js';
import { ForgetReaders } from './privacy/forget-readers.js';
import { ForgetPending } from './subscribers/forget-pending.js';
import { SignUpCaps } from './subscribers/sign-up-caps.js';
import { ResumePaused } from './subscribers/resume-paused.js';

/**
 * Every @Cron of the project. A tick asks Postgres what is due and is harmless when it runs twice, late, or on ten
 * machines at once. Each step gets the same `now`; one that fails is logged and does not keep the others from theirs.
 */
@Injectable()
export class Ticks {
  private readonly log = new Logger('Clock');
  private readonly running = new Set<string>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly openDueEditions: OpenDueEditions,
    private readonly composeEdition: ComposeEdition,
    private readonly endHeldEditions: EndHeldEditions,
    private readonly watchApprovals: WatchApprovals,
    private readonly watchRehearsals: WatchRehearsals,
    private readonly applyCorrections: ApplyCorrections,
    private readonly planEdition: PlanEdition,
    private readonly offerSlices: OfferSlices,
    private readonly sendWelcomes: SendWelcomes,
    private readonly outbox: Outbox,
    private readonly sendOutbox: SendOutbox,
    private readonly reconcile: Reconcile,
    private readonly finishEffects: FinishEffects,
    private readonly restoreGuard: RestoreGuard,
    private readonly closeEditions: CloseEditions,
    private readonly pollSources: PollSources,
    private readonly watchSources: WatchSources,
    private readonly completeArticles: CompleteArticles,
    private readonly askSummaries: AskSummaries,
    private readonly assignStories: AssignStories,
    private readonly forgetPending: ForgetPending,
    private readonly forgetReaders: ForgetReaders,
    private readonly signUpCaps: SignUpCaps,
    private readonly resumePaused: ResumePaused,
    private readonly forgetRequests: ForgetRequests,
    private readonly forgetOld: ForgetOld,
    private readonly forgetVectors: ForgetVectors,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** From what is due to what is handed out. Six times a minute, for a retry or a rehearsal by CLOCK_OFFSET falls on any second. */
  @Cron('*/10 * * * * *')
  editions(): Promise<void> {
    return this.step('editions', async (now) => {
      await this.guarded('restore guard', () => this.restoreGuard.run());
      await this.guarded('resume paused readers', () => this.resumePaused.run(now));
      await this.guarded('open due editions', () => this.openDueEditions.run(now));
      await this.guarded('watch approvals', () => this.watchApprovals.run(now));
      await this.guarded('watch rehearsals', () => this.watchRehearsals.run(now));
      await this.guarded('end held editions', () => this.endHeldEditions.run(now));
      await this.guarded('apply corrections', () => this.applyCorrections.run(now));
      for (const id of await this.inState('composing'))
        await this.guarded(`compose ${id}`, () => this.composeEdition.run(id, now));
      for (const ids of await readyTogether(this.db))
        await fewAtOnce(ids, plansAtOnce, (id) => this.guarded(`plan ${id}`, () => this.planEdition.run(id, now)));
      await this.guarded('reconcile', () => this.reconcile.run(now));
      await this.guarded('effects', () => this.finishEffects.run(now));
      await this.guarded('close', () => this.closeEditions.run(now));
      await this.guarded('offer slices', () => this.offerSlices.run(now));
      await this.guarded('offer welcomes', () => this.sendWelcomes.offer(now));
      await this.guarded('offer one-off letters', () => this.sendOutbox.offer(now));
    });
  }

  /** So that an article is in its story within two seconds. */
  @Cron('*/2 * * * * *')
  stories(): Promise<void> {
    return this.step('stories', (now) => this.assignStories.run(now));
  }

  @Cron('*/15 * * * * *')
  summaries(): Promise<void> {
    return this.step('summaries', (now) => this.askSummaries.run(now));
  }

  @Cron('0 * * * * *')
  sources(): Promise<void> {
    return this.step('sources', (now) => this.pollSources.offer(now));
  }

  @Cron('30 */5 * * * *')
  sourceHealth(): Promise<void> {
    return this.step('source health', (now) => this.watchSources.run(now));
  }

  @Cron('*/20 * * * * *')
  pages(): Promise<void> {
    return this.step('pages', (now) => this.completeArticles.offer(now));
  }

  @Cron('0 17 * * * *')
  forget(): Promise<void> {
    return this.step('forget', async (now) => {
      await this.forgetPending.run(now);
      await this.forgetReaders.run(now);
      await this.signUpCaps.forget(now);
      await this.forgetRequests.run(now);
      await this.forgetOld.run(now);
      await this.forgetVectors.run(now);
      await this.outbox.forget(this.db, now);
    });
  }

  /** Runs a round of steps at one `now`, unless the one before still runs. */
  private async step(name: string, run: (now: Instant) => Promise<unknown>): Promise<void> {
    if (!this.config.ROLES.includes('clock') || this.running.has(name)) return;
    this.running.add(name);
    await this.guarded(name, async () => run(await this.clock.now()));
    this.running.delete(name);
  }

  private async guarded(name: string, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.log.error({ err: error }, `Step "${name}" failed, the next tick tries again`);
    }
  }

  private async inState(state: EditionState): Promise<string[]> {
    const rows = await sql<{ id: string }>(this.db, `select id from edition where state = $1 order by id`, [state]);
    return rows.map((row) => row.id);
  }
}
