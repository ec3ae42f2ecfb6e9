import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ApiModule } from '../api/api.module.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { AuditController } from './audit.controller.js';
import { AuditTrail } from './audit-trail.js';
import { FailedKeys } from './failed-keys.js';
import { FirstKey } from './first-key.js';
import { ForgetRequests } from './forget-requests.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IdempotentRequests } from './idempotent-requests.js';
import { IdentifyKey } from './identify-key.js';
import { KeysController } from './keys.controller.js';
import { RevokeKey } from './revoke-key.js';
import { AdminClockSteps } from './admin.clock-steps.js';

/** Who may use the API, what they did, and that a repeat does nothing twice. */
@Module({
  imports: [ApiModule],
  controllers: [KeysController, AuditController],
  providers: [
    AdminClockSteps,
    { provide: APP_GUARD, useClass: ApiKeyGuard },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    AuditTrail,
    FailedKeys,
    FirstKey,
    ForgetRequests,
    IdempotentRequests,
    IdentifyKey,
    RevokeKey,
  ],
  exports: [AdminClockSteps, FailedKeys, FirstKey, IdempotentRequests, IdentifyKey],
})
export class AdminModule {}
