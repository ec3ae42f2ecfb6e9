import { Injectable } from '@nestjs/common';
import type { ClockStep, ClockSteps } from '../clock-steps.js';
import { ForgetPending } from './forget-pending.js';
import { ResumePaused } from './resume-paused.js';
import { SignUpCaps } from './sign-up-caps.js';

@Injectable()
export class SubscribersClockSteps implements ClockSteps {
  readonly editions: ClockStep[];
  readonly forget: ClockStep[];

  constructor(resumePaused: ResumePaused, forgetPending: ForgetPending, signUpCaps: SignUpCaps) {
    this.editions = [{ name: 'resume paused readers', run: (now) => resumePaused.run(now) }];
    this.forget = [
      { name: 'forget pending sign-ups', run: (now) => forgetPending.run(now) },
      { name: 'forget counts of sign-ups', run: (now) => signUpCaps.forget(now) },
    ];
  }
}
