import { expect, it } from '@jest/globals';
import { offsetToMorning } from './support/readers.js';
import { startService } from './support/service.js';

it('the sample alone gives a first morning letter too: the stories that the welcome left over', async () => {
  const reader = 'reader@example.org';
  const desk = await startService({ env: { ROLES: 'web' } });
  const today = await startService({ beside: desk, env: { ROLES: 'worker,clock', SEED: 'none' }, ready: false });
  await fetch(`${desk.baseUrl}/subscribe`, { method: 'POST', body: new URLSearchParams({ email: reader }) });
  const confirmation = await desk.mailbox.waitForLetter(reader, { subject: 'confirm' });
  await fetch(`${desk.baseUrl}/confirm/${/\/confirm\/([\w.-]+)/.exec(confirmation.text)![1]}`, { method: 'POST' });
  const [, welcome] = await desk.mailbox.waitForLetters(reader, { count: 2 });
  await today.stop();

  const env = { CLOCK_OFFSET: await offsetToMorning(desk), ROLES: 'worker,clock', SEED: 'none' };
  const tomorrow = await startService({ beside: desk, env, ready: false });
  const [, , morning] = await desk.mailbox.waitForLetters(reader, { count: 3, timeoutMs: 40_000 });
  await tomorrow.stop();
  const stories = (text: string) => [...text.matchAll(/\/articles\/[\w-]+/g)].map(([path]) => path);
  const had = new Set(stories(welcome!.text));
  expect(had.size).toBe(6);
  expect(new Set(stories(morning!.text)).size).toBe(2);
  expect(stories(morning!.text).filter((path) => had.has(path))).toEqual([]);
}, 120_000);
