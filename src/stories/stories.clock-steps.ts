import { Injectable } from '@nestjs/common';
import type { ClockStep, ClockSteps } from '../clock-steps.js';
import { AssignStories } from './assign-stories.js';
import { ForgetVectors } from './forget-vectors.js';

@Injectable()
export class StoriesClockSteps implements ClockSteps {
  readonly stories: ClockStep[];
  readonly forget: ClockStep[];

  constructor(assignStories: AssignStories, forgetVectors: ForgetVectors) {
    this.stories = [{ name: 'assign stories', run: (now) => assignStories.run(now) }];
    this.forget = [{ name: 'forget vectors', run: (now) => forgetVectors.run(now) }];
  }
}
