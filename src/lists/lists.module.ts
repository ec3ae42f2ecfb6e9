import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BrandController } from './brand/brand.controller.js';
import { List } from './list.entity.js';
import { ListsController } from './lists.controller.js';
import { RecentLists } from './recent-lists.js';
import { SaveList } from './save-list.js';
import { SaveTemplate } from './save-template.js';
import { ScheduleIds } from './schedule-ids.js';

@Module({
  imports: [TypeOrmModule.forFeature([List])],
  controllers: [ListsController, BrandController],
  providers: [SaveList, SaveTemplate, RecentLists, ScheduleIds],
  exports: [SaveList, SaveTemplate, RecentLists, ScheduleIds],
})
export class ListsModule {}
