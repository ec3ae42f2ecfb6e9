import { Global, Module } from '@nestjs/common';
import { Erased } from './erased.js';
import { SuppressionsController } from './suppressions.controller.js';
import { Suppressions } from './suppressions.js';

@Global()
@Module({ providers: [Suppressions, Erased], controllers: [SuppressionsController], exports: [Suppressions, Erased] })
export class SuppressionsModule {}
