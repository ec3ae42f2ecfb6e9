import { startService, type Service } from './service.js';

/**
 * Runs a program for a while as if it were this moment, beside a desk that has `ROLES=web`: a clock or a worker of the
 * real time would now and then be first, and find the moved one's articles and letters not yet due.
 * @param roles `web` to write articles before the hour; with `worker,clock` mornings go out
 */
export async function runAt(
  beside: Service,
  moment: Temporal.ZonedDateTime,
  work: (instance: Service) => Promise<void>,
  roles = 'web,worker,clock',
  env: Record<string, string> = {},
): Promise<void> {
  if (beside.settings.ROLES !== 'web') throw new Error('A moved clock beside another clock: start the desk as web');
  const offset = Math.round((moment.epochMilliseconds - Date.now()) / 1000);
  const instance = await startService({
    beside,
    env: { ROLES: roles, CLOCK_OFFSET: String(offset), SEED: 'none', ...env },
  });
  await work(instance);
  await instance.stop();
}
