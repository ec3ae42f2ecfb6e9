import { Module } from '@nestjs/common';
import { AskVectors } from './ask-vectors.js';
import { AssignStories } from './assign-stories.js';
import { ForgetVectors } from './forget-vectors.js';
import { StoriesController } from './stories.controller.js';
import { StoriesClockSteps } from './stories.clock-steps.js';

@Module({
  controllers: [StoriesController],
  providers: [StoriesClockSteps, AskVectors, AssignStories, ForgetVectors],
  exports: [AssignStories, StoriesClockSteps],
})
export class StoriesModule {}
