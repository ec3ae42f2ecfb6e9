import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Alarms } from './alarms.js';
import { DatabaseChecks } from './database-checks.js';
import { HealthChecks } from './health-checks.js';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

/** A leaf: queue, mail and stages import it to add their checks and counters, and it knows none of them. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [HealthChecks, DatabaseChecks, Readiness, Metrics, Alarms],
  exports: [HealthChecks, Metrics, Alarms],
})
export class HealthModule {}
