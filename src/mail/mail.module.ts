import { Global, Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { Outbox } from './outbox.js';
import { Rates } from './rates.js';
import { SendOutbox } from './send-outbox.js';
import { Channels } from './channels.js';
import { MailClockSteps } from './mail.clock-steps.js';

@Global()
@Module({
  imports: [HealthModule],
  providers: [MailClockSteps, Rates, Channels, Outbox, SendOutbox],
  exports: [MailClockSteps, Rates, Channels, Outbox],
})
export class MailModule {}
