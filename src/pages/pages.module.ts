import { Global, Module } from '@nestjs/common';
import { AssetsController } from './assets.controller.js';
import { ErrorPageFilter } from './error-page.filter.js';
import { Pages } from './pages.js';

@Global()
@Module({
  controllers: [AssetsController],
  providers: [Pages, ErrorPageFilter],
  exports: [Pages, ErrorPageFilter],
})
export class PagesModule {}
