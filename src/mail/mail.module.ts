import { Global, Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { Outbox } from './outbox.js';
import { SendOutbox } from './send-outbox.js';
import { SmtpChannel } from './smtp-channel.js';

@Global()
@Module({
  imports: [HealthModule],
  providers: [SmtpChannel, Outbox, SendOutbox],
  exports: [SmtpChannel, Outbox, SendOutbox],
})
export class MailModule {}
