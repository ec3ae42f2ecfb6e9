import { Module } from '@nestjs/common';
import { AssignStories } from './assign-stories.js';
import { StoriesController } from './stories.controller.js';

@Module({ controllers: [StoriesController], providers: [AssignStories], exports: [AssignStories] })
export class StoriesModule {}
