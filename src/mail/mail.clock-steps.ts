import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ClockStep, ClockSteps } from '../clock-steps.js';
import { Outbox } from './outbox.js';
import { SendOutbox } from './send-outbox.js';

@Injectable()
export class MailClockSteps implements ClockSteps {
  readonly editions: ClockStep[];
  readonly forget: ClockStep[];

  constructor(db: DataSource, outbox: Outbox, sendOutbox: SendOutbox) {
    this.editions = [{ name: 'offer one-off letters', run: (now) => sendOutbox.offer(now) }];
    this.forget = [{ name: 'forget one-off letters', run: (now) => outbox.forget(db, now) }];
  }
}
