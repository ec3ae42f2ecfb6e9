import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../../deliveries/deliveries.module.js';
import { EditionsModule } from '../../editions/editions.module.js';
import { TokensModule } from '../../tokens/tokens.module.js';
import { AdminModule } from '../admin.module.js';
import { DeskController } from './desk.controller.js';
import { DeskDoorController } from './desk-door.controller.js';
import { DeskSession } from './desk-session.js';
import { ReadDesk } from './read-desk.js';

/** The console of editors. It shows and presses what the stages before it offer, and writes nothing of its own. */
@Module({
  imports: [AdminModule, EditionsModule, DeliveriesModule, TokensModule],
  controllers: [DeskDoorController, DeskController],
  providers: [DeskSession, ReadDesk],
})
export class DeskModule {}
