import { Module } from '@nestjs/common';
import { StoriesModule } from '../stories/stories.module.js';
import { ArchiveController } from './archive.controller.js';
import { ArchiveFeedController } from './archive-feed.controller.js';
import { ChangeEditionState } from './change-edition-state.js';
import { ComposeEdition } from './compose-edition.js';
import { IssuesController } from './issues.controller.js';
import { LandingController } from './landing.controller.js';
import { LatestEdition } from './latest-edition.js';
import { OpenDueEditions } from './open-due-editions.js';
import { SpecialEdition } from './special-edition.js';
import { SuggestStories } from './suggest-stories.js';

const steps = [OpenDueEditions, ComposeEdition, SpecialEdition, LatestEdition, ChangeEditionState];

@Module({
  imports: [StoriesModule],
  controllers: [ArchiveController, LandingController, ArchiveFeedController, IssuesController],
  providers: [...steps, SuggestStories],
  exports: steps,
})
export class EditionsModule {}
