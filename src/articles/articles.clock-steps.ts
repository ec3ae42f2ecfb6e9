import { Injectable } from '@nestjs/common';
import type { ClockStep, ClockSteps } from '../clock-steps.js';
import { ForgetOld } from './forget-old.js';
import { WatchSources } from './health/watch-sources.js';
import { CompleteArticles } from './pages/complete-articles.js';
import { PollSources } from './poll-sources.js';
import { AskSummaries } from './summary/ask-summaries.js';

@Injectable()
export class ArticlesClockSteps implements ClockSteps {
  readonly sources: ClockStep[];
  readonly 'source health': ClockStep[];
  readonly pages: ClockStep[];
  readonly summaries: ClockStep[];
  readonly forget: ClockStep[];

  constructor(
    pollSources: PollSources,
    watchSources: WatchSources,
    completeArticles: CompleteArticles,
    askSummaries: AskSummaries,
    forgetOld: ForgetOld,
  ) {
    this.sources = [{ name: 'poll sources', run: (now) => pollSources.offer(now) }];
    this['source health'] = [{ name: 'watch sources', run: (now) => watchSources.run(now) }];
    this.pages = [{ name: 'complete articles', run: (now) => completeArticles.offer(now) }];
    this.summaries = [{ name: 'ask for summaries', run: (now) => askSummaries.run(now) }];
    this.forget = [{ name: 'forget old articles', run: (now) => forgetOld.run(now) }];
  }
}
