import { Global, Module } from '@nestjs/common';
import { SuppressionsController } from './suppressions.controller.js';
import { Suppressions } from './suppressions.js';

@Global()
@Module({ providers: [Suppressions], controllers: [SuppressionsController], exports: [Suppressions] })
export class SuppressionsModule {}
