import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../../deliveries/deliveries.module.js';
import { EditionsModule } from '../../editions/editions.module.js';
import { SubscribersModule } from '../../subscribers/subscribers.module.js';
import { TokensModule } from '../../tokens/tokens.module.js';
import { AdminModule } from '../admin.module.js';
import { DeskController } from './desk.controller.js';
import { DeskDoorController } from './desk-door.controller.js';
import { DeskSession } from './desk-session.js';
import { ReadClosedIssue } from './read-closed-issue.js';
import { ReadDesk } from './read-desk.js';
import { SaveTyped } from './save-typed.js';
import { ShowDesk } from './show-desk.js';

/** The console of editors. It shows and presses what the stages before it offer, and writes nothing of its own. */
@Module({
  imports: [AdminModule, SubscribersModule, EditionsModule, DeliveriesModule, TokensModule],
  controllers: [DeskDoorController, DeskController],
  providers: [DeskSession, ReadClosedIssue, ReadDesk, SaveTyped, ShowDesk],
})
export class DeskModule {}
