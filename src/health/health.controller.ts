import { Controller, Get, Header, HttpException, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { HealthChecks } from './health-checks.js';
import { Metrics } from './metrics.js';

const patienceMs = 2_000;
/** Many probes a second cost one look a second. */
const keptMs = 1_000;

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly checks: HealthChecks,
    private readonly metrics: Metrics,
  ) {}

  /** The process answers. It says nothing about what it depends on: restarting would not mend that. */
  @Get('health/live')
  @Header('cache-control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when every check passes, else 503; `error` names those that do not, each with a sentence. */
  @Get('health/ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    try {
      return await this.health.check(
        this.checks.all().map(
          ([name, check]) =>
            () =>
              this.attempt(name, check),
        ),
      );
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      void reply.status(error.getStatus());
      return error.getResponse() as HealthCheckResult;
    }
  }

  @Get('metrics')
  async scrape(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { type, body } = await this.metrics.text();
    void reply.type(type);
    return body;
  }

  private attempt(name: string, check: () => Promise<unknown>) {
    return this.indicators
      .check(name)
      .attempt(async () => {
        await check();
      })
      .withTimeout(patienceMs)
      .cacheFor(keptMs);
  }
}
