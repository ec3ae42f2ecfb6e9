import { Injectable } from '@nestjs/common';

/** Resolves when all is well; rejects with one sentence that an operator understands. */
export type HealthCheck = () => Promise<unknown>;

/** What /health/ready asks. Leaves add themselves when they start: `checks.add('smtp', () => this.check())`. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, HealthCheck>();

  add(name: string, check: HealthCheck): void {
    this.checks.set(name, oneAtATime(check));
  }

  all(): [name: string, check: HealthCheck][] {
    return [...this.checks];
  }
}

/** A check that hangs (a network that drops packets) is not started a second time: probes must not pile up on a pool. */
function oneAtATime(check: HealthCheck): HealthCheck {
  let running: Promise<unknown> | undefined;
  return () => {
    running ??= check().finally(() => (running = undefined));
    return running;
  };
}
