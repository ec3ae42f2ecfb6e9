import { Global, Module } from '@nestjs/common';
import { TokensModule } from '../tokens/tokens.module.js';
import { AssetsController } from './assets.controller.js';
import { ErrorPageFilter } from './error-page.filter.js';
import { Pages } from './pages.js';

@Global()
@Module({
  imports: [TokensModule],
  controllers: [AssetsController],
  providers: [Pages, ErrorPageFilter],
  exports: [Pages, ErrorPageFilter],
})
export class PagesModule {}
