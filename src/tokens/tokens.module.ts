import { Global, Module } from '@nestjs/common';
import { FormTime } from './form-time.js';
import { Tokens } from './tokens.js';

@Global()
@Module({ providers: [Tokens, FormTime], exports: [Tokens, FormTime] })
export class TokensModule {}
