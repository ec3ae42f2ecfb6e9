import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { List } from './list.entity.js';
import { ListsController } from './lists.controller.js';
import { SaveList } from './save-list.js';

@Module({
  imports: [TypeOrmModule.forFeature([List])],
  controllers: [ListsController],
  providers: [SaveList],
  exports: [SaveList],
})
export class ListsModule {}
