import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer; the limit only ends a test that hangs. */
export async function until<T>(what: string, limitMs: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + limitMs;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await sleep(50);
  } while (Date.now() < deadline);
  throw new Error(`Waited ${limitMs} ms in vain for ${what}`, { cause: last });
}
