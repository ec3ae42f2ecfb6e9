import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ArchiveController } from './archive.controller.js';
import { ArchiveFeedController } from './archive-feed.controller.js';
import { ChangeEditionState } from './change-edition-state.js';
import { ComposeEdition } from './compose-edition.js';
import { IssuesController } from './issues.controller.js';
import { LatestEdition } from './latest-edition.js';
import { ArticlesModule } from '../articles/articles.module.js';
import { ApplyCorrections } from './corrections/apply-corrections.js';
import { CorrectionsController } from './corrections/corrections.controller.js';
import { EndHeldEditions } from './end-held-editions.js';
import { OpenDueEditions } from './open-due-editions.js';
import { AskRehearsal } from './rehearsal/ask-rehearsal.js';
import { FinishRehearsal } from './rehearsal/finish-rehearsal.js';
import { OverrideRehearsal } from './rehearsal/override-rehearsal.js';
import { WatchRehearsals } from './rehearsal/watch-rehearsals.js';
import { ApproveRundown } from './rundown/approve-rundown.js';
import { DraftIssue } from './rundown/draft-issue.js';
import { ForeseeIssue } from './rundown/foresee-issue.js';
import { RundownController } from './rundown/rundown.controller.js';
import { WatchApprovals } from './rundown/watch-approvals.js';
import { WriteRundown } from './rundown/write-rundown.js';
import { SitemapController } from './sitemap.controller.js';
import { SpecialEdition } from './special-edition.js';
import { SuggestStories } from './suggest-stories.js';
import { EditionsClockSteps } from './editions.clock-steps.js';

const steps = [
  OpenDueEditions,
  ComposeEdition,
  EndHeldEditions,
  SpecialEdition,
  LatestEdition,
  ChangeEditionState,
  WriteRundown,
  ApplyCorrections,
  ApproveRundown,
  DraftIssue,
  ForeseeIssue,
  WatchApprovals,
  AskRehearsal,
  FinishRehearsal,
  OverrideRehearsal,
  WatchRehearsals,
];

@Module({
  imports: [ArticlesModule, StoriesModule, HealthModule],
  controllers: [
    ArchiveController,
    ArchiveFeedController,
    SitemapController,
    IssuesController,
    RundownController,
    CorrectionsController,
  ],
  providers: [...steps, EditionsClockSteps, SuggestStories],
  exports: [...steps, EditionsClockSteps],
})
export class EditionsModule {}
