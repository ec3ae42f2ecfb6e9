import { describe, expect, it } from '@jest/globals';
import { HealthChecks, type NamedCheck } from './health-checks.js';

describe('a health check that hangs', () => {
  it('is not started again before it has ended, well or not', async () => {
    const ends: ((error?: Error) => void)[] = [];
    const checks = new HealthChecks();
    checks.need(
      'database',
      () => new Promise<void>((done, fail) => ends.push((error) => (error ? fail(error) : done()))),
    );
    const [{ name, check }] = checks.all() as [NamedCheck];

    const probes = [check(), check(), check()];
    expect([name, ends.length]).toEqual(['database', 1]);
    ends[0]!(new Error('lost'));
    expect((await Promise.allSettled(probes)).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ]);

    const next = check();
    expect(ends).toHaveLength(2);
    ends[1]!();
    await next;
  });
});
