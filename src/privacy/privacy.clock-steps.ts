import { Injectable } from '@nestjs/common';
import type { ClockStep, ClockSteps } from '../clock-steps.js';
import { ForgetReaders } from './forget-readers.js';

@Injectable()
export class PrivacyClockSteps implements ClockSteps {
  readonly forget: ClockStep[];

  constructor(forgetReaders: ForgetReaders) {
    this.forget = [{ name: 'forget readers', run: (now) => forgetReaders.run(now) }];
  }
}
