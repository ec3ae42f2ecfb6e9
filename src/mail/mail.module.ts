import { Global, Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { Outbox } from './outbox.js';
import { Rates } from './rates.js';
import { SendOutbox } from './send-outbox.js';
import { Channels } from './channels.js';

@Global()
@Module({
  imports: [HealthModule],
  providers: [Rates, Channels, Outbox, SendOutbox],
  exports: [Rates, Channels, Outbox, SendOutbox],
})
export class MailModule {}
