import { Module } from '@nestjs/common';
import { AskVectors } from './ask-vectors.js';
import { AssignStories } from './assign-stories.js';
import { ForgetVectors } from './forget-vectors.js';
import { StoriesController } from './stories.controller.js';

@Module({
  controllers: [StoriesController],
  providers: [AskVectors, AssignStories, ForgetVectors],
  exports: [AssignStories, ForgetVectors],
})
export class StoriesModule {}
