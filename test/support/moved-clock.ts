import { startService, type Service } from './service.js';

/**
 * Runs a program beside another for a while as if it were this moment.
 * @param roles `web` to write articles before the hour; with `worker,clock` mornings go out
 */
export async function runAt(
  beside: Service,
  moment: Temporal.ZonedDateTime,
  work: (instance: Service) => Promise<void>,
  roles = 'web,worker,clock',
  env: Record<string, string> = {},
): Promise<void> {
  const offset = Math.round((moment.epochMilliseconds - Date.now()) / 1000);
  const instance = await startService({
    beside,
    env: { ROLES: roles, CLOCK_OFFSET: String(offset), SEED: 'none', ...env },
  });
  await work(instance);
  await instance.stop();
}
