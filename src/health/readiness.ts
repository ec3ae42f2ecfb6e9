import { HttpException, Injectable } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { Alarms } from './alarms.js';
import { HealthChecks, type NamedCheck } from './health-checks.js';

const patienceMs = 2_000;
/** Many probes a second cost one look a second. */
const keptMs = 1_000;

/** `degraded`: names of what fails or is slow while this process serves all the same. */
export type Ready = HealthCheckResult & { degraded: string[] };

/**
 * Whether this process can serve. What else is in trouble (a relay that is slow or away) is told, and raises an alarm once: it must not
 * make a load balancer take the pages away.
 */
@Injectable()
export class Readiness {
  private known = new Set<string>();

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly checks: HealthChecks,
    private readonly alarms: Alarms,
  ) {}

  async look(): Promise<Ready> {
    const result = await this.ask();
    const degraded = Object.keys(result.details).filter((name) => result.details[name]!.status === 'degraded');
    // Without its database nothing works, and that is told already.
    if (result.status !== 'error') this.raise(result, degraded);
    return { ...result, degraded };
  }

  private async ask(): Promise<HealthCheckResult> {
    try {
      return await this.health.check(this.checks.all().map((one) => () => this.attempt(one)));
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      return error.getResponse() as HealthCheckResult;
    }
  }

  private async attempt({ name, check, needed }: NamedCheck) {
    const indicator = this.indicators.check(name);
    const result = await indicator
      .attempt(async () => {
        await check();
      })
      .withTimeout(patienceMs)
      .cacheFor(keptMs);
    const { status, message } = result[name] as { status: string; message?: string };
    return needed || status !== 'down' ? result : indicator.degraded(message);
  }

  private raise({ details }: HealthCheckResult, degraded: string[]): void {
    for (const name of degraded)
      if (!this.known.has(name))
        this.alarms.raise('degraded', `${name} is in trouble; pages are served. ${String(details[name]!.message)}`);
    this.known = new Set(degraded);
  }
}
