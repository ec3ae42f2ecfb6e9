import { setTimeout as sleep } from 'node:timers/promises';

const pauseMs = 1_000;

/**
 * Writes an end for as long as it takes. If Postgres is away it keeps trying: an error at COMMIT does not mean that nothing
 * was committed, and what is written is idempotent. A row left as it is would stay in living hands for ever.
 */
export async function untilWritten<T>(write: () => Promise<T>, say: (error: unknown) => void): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      say(error);
      await sleep(pauseMs);
    }
  }
}
