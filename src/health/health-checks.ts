import { Injectable } from '@nestjs/common';

/** Resolves when all is well; rejects with one sentence that an operator understands. */
export type HealthCheck = () => Promise<unknown>;

export interface NamedCheck {
  name: string;
  check: HealthCheck;
  /** Without it this process cannot answer readers. */
  needed: boolean;
}

/**
 * What /health/ready asks. Leaves add themselves when they start. `need`: while it fails no request should come to this process.
 * `watch`: pages are served all the same, and somebody should look: `checks.watch('smtp', () => this.check())`.
 */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, NamedCheck>();

  need(name: string, check: HealthCheck): void {
    this.checks.set(name, { name, check: oneAtATime(check), needed: true });
  }

  watch(name: string, check: HealthCheck): void {
    this.checks.set(name, { name, check: oneAtATime(check), needed: false });
  }

  all(): NamedCheck[] {
    return [...this.checks.values()];
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
