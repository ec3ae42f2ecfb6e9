import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { AdminClockSteps } from './admin/admin.clock-steps.js';
import { ArticlesClockSteps } from './articles/articles.clock-steps.js';
import { guarded, type ClockStep, type ClockSteps, type Round } from './clock-steps.js';
import { CONFIG, type Config } from './config.js';
import { Clock } from './database/database.module.js';
import { DeliveriesClockSteps } from './deliveries/deliveries.clock-steps.js';
import { EditionsClockSteps } from './editions/editions.clock-steps.js';
import { MailClockSteps } from './mail/mail.clock-steps.js';
import { PrivacyClockSteps } from './privacy/privacy.clock-steps.js';
import { StoriesClockSteps } from './stories/stories.clock-steps.js';
import { SubscribersClockSteps } from './subscribers/subscribers.clock-steps.js';

/**
 * Every @Cron of the project. A tick asks Postgres what is due and is harmless when it runs twice, late, or on ten
 * machines at once. A round is the steps that the stages bring to it, stage by stage in the order of the data; all of
 * them get the same `now`. A step that fails is logged and does not stop the others.
 */
@Injectable()
export class Ticks {
  private readonly stages: ClockSteps[];
  private readonly running = new Set<Round>();

  constructor(
    subscribers: SubscribersClockSteps,
    articles: ArticlesClockSteps,
    stories: StoriesClockSteps,
    editions: EditionsClockSteps,
    deliveries: DeliveriesClockSteps,
    mail: MailClockSteps,
    admin: AdminClockSteps,
    privacy: PrivacyClockSteps,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {
    this.stages = [subscribers, articles, stories, editions, deliveries, mail, admin, privacy];
  }

  /** From what is due to what is handed to workers. Every 10 s, because a retry can fall due at any second. */
  @Cron('*/10 * * * * *')
  editions(): Promise<void> {
    return this.run('editions');
  }

  /** Every 2 s, so that an article is in its story within two seconds. */
  @Cron('*/2 * * * * *')
  stories(): Promise<void> {
    return this.run('stories');
  }

  @Cron('*/15 * * * * *')
  summaries(): Promise<void> {
    return this.run('summaries');
  }

  @Cron('0 * * * * *')
  sources(): Promise<void> {
    return this.run('sources');
  }

  @Cron('30 */5 * * * *')
  sourceHealth(): Promise<void> {
    return this.run('source health');
  }

  @Cron('*/20 * * * * *')
  pages(): Promise<void> {
    return this.run('pages');
  }

  @Cron('0 17 * * * *')
  forget(): Promise<void> {
    return this.run('forget');
  }

  /** The steps of a round in the order in which they run. */
  stepsOf(round: Round): ClockStep[] {
    return this.stages.flatMap((stage) => stage[round] ?? []);
  }

  /** Runs a round, unless the one before it still runs. */
  private async run(round: Round): Promise<void> {
    if (!this.config.ROLES.includes('clock') || this.running.has(round)) return;
    this.running.add(round);
    await guarded(round, async () => {
      const now = await this.clock.now();
      for (const step of this.stepsOf(round)) await guarded(step.name, () => step.run(now));
    });
    this.running.delete(round);
  }
}
