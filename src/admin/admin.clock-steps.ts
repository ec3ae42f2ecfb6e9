import { Injectable } from '@nestjs/common';
import type { ClockStep, ClockSteps } from '../clock-steps.js';
import { Limits } from '../limits/limits.js';
import { ForgetRequests } from './forget-requests.js';

@Injectable()
export class AdminClockSteps implements ClockSteps {
  readonly forget: ClockStep[];

  constructor(forgetRequests: ForgetRequests, limits: Limits) {
    this.forget = [
      { name: 'forget idempotent requests', run: (now) => forgetRequests.run(now) },
      { name: 'forget counts of limits', run: (now) => limits.forget(now) },
    ];
  }
}
