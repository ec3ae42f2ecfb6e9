import { Global, Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { Outbox } from './outbox.js';
import { Rates } from './rates.js';
import { SendOutbox } from './send-outbox.js';
import { SmtpChannel } from './smtp-channel.js';

@Global()
@Module({
  imports: [HealthModule],
  providers: [Rates, SmtpChannel, Outbox, SendOutbox],
  exports: [Rates, SmtpChannel, Outbox, SendOutbox],
})
export class MailModule {}
