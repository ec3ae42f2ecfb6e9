import { Module } from '@nestjs/common';
import { AdminModule } from '../admin/admin.module.js';
import { SubscribersModule } from '../subscribers/subscribers.module.js';
import { AskForData } from './ask-for-data.js';
import { EraseReader } from './erase-reader.js';
import { ForgetReaders } from './forget-readers.js';
import { PrivacyApiController } from './privacy-api.controller.js';
import { PrivacyController } from './privacy.controller.js';
import { PrivacyLinks } from './privacy-links.js';
import { ReadMyData } from './read-my-data.js';
import { PrivacyClockSteps } from './privacy.clock-steps.js';

/** Export and erasure: asks each stage before it for its own, and has no tables. */
@Module({
  imports: [SubscribersModule, AdminModule],
  controllers: [PrivacyController, PrivacyApiController],
  providers: [PrivacyClockSteps, PrivacyLinks, AskForData, ReadMyData, EraseReader, ForgetReaders],
  exports: [PrivacyClockSteps],
})
export class PrivacyModule {}
