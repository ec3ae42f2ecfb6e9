import { beforeAll, describe, expect, it } from '@jest/globals';
import { runAt } from './support/moved-clock.js';
import { pushArticles } from './support/readers.js';
import { startService, type Service } from './support/service.js';

/**
 * Readers of one list in their own zones and hours, the program's clock moved to the minute that matters. A morning is
 * always tomorrow's, so that the real one cannot interfere.
 */
let desk: Service;
const day = Temporal.Now.zonedDateTimeISO('UTC').toPlainDate().add({ days: 2 });

beforeAll(async () => {
  desk = await startService({ env: { ROLES: 'web' } });
  await patch('/api/v1/lists/daily-news-brief', { timeZone: 'UTC', localTime: '07:00', minStories: 1 });
});

async function answer(
  path: string,
  method: string,
  body: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await desk.api(path, { method, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const patch = (path: string, body: object) => answer(path, 'PATCH', body);

/** @returns the id of the subscription */
async function addReader(address: string, choice: object): Promise<string> {
  const consent = { source: 'the journeys of the test', at: '2026-01-01T00:00:00Z' };
  const added = await answer('/api/v1/subscribers', 'POST', { address, confirmed: true, consent, ...choice });
  expect(added.status).toBe(201);
  return (added.body.subscriptions as { id: string }[])[0]!.id;
}

/** What is in the paper that day: articles must be there before the hour. */
const write = (days: number, titles: string[]) =>
  at('05:00:00', days, (instance) => pushArticles(instance, titles), 'web');

/** Runs clock and worker for a while as if it were this time of that day, in UTC. */
const at = (time: string, days: number, work: (instance: Service) => Promise<void>, roles?: string) =>
  runAt(desk, day.add({ days }).toZonedDateTime({ timeZone: 'UTC', plainTime: time }), work, roles);

const got = async (address: string) => (await desk.mailbox.letters(address)).length;
describe('each reader’s own hour', () => {
  it('brings the letter at the hour of the reader’s zone, to each once, and moves with the list what follows it', async () => {
    await addReader('home@example.org', {});
    await addReader('tokyo@example.org', { timeZone: 'Asia/Tokyo', localTime: '16:00' }); // 07:00 UTC too
    await addReader('early@example.org', { localTime: '06:00' });
    const mover = await addReader('mover@example.org', {});
    const weekly = await addReader('weekly@example.org', { weekdays: [day.dayOfWeek === 7 ? 1 : day.dayOfWeek + 1] });

    await write(0, ['A bridge opens over the strait', 'A vote ends in a draw']);
    await at('06:45:00', 0, async (instance) => {
      await desk.mailbox.waitForLetters('early@example.org', { timeoutMs: 40_000 });
      // 06:30 has passed: today's letter still comes at 07:00, by the list's own hour.
      expect((await patchAt(instance, mover, { localTime: '06:30' })).chosen).toEqual({
        timeZone: null,
        localTime: '06:30',
        weekdays: null,
      });
    });
    expect(await Promise.all(['early', 'home', 'tokyo', 'mover'].map((name) => got(`${name}@example.org`)))).toEqual([
      1, 0, 0, 0,
    ]);

    await at('07:00:03', 0, async () => {
      for (const name of ['home', 'tokyo', 'mover'])
        await desk.mailbox.waitForLetters(`${name}@example.org`, { timeoutMs: 40_000 });
    });
    expect(await got('weekly@example.org')).toBe(0);
    expect(await got('early@example.org')).toBe(1);

    await write(1, ['A harvest comes in early', 'A satellite falls silent']);
    // The admin moves the list to 06:30 at 06:40 of the next day: who follows it gets today's at once, and once.
    await at('06:40:00', 1, async (instance) => {
      const moved = await instance.api('/api/v1/lists/daily-news-brief', {
        method: 'PATCH',
        body: { localTime: '06:30' },
      });
      expect(moved.status).toBe(200);
      for (const name of ['home', 'mover', 'early', 'tokyo', 'weekly']) {
        const count = name === 'weekly' ? 1 : name === 'tokyo' ? 1 : 2;
        await desk.mailbox.waitForLetters(`${name}@example.org`, { count, timeoutMs: 40_000 });
      }
    });
    await at('07:05:00', 1, async () => {
      await desk.mailbox.waitForLetters('tokyo@example.org', { count: 2, timeoutMs: 40_000 });
    });
    expect(
      await Promise.all(['early', 'home', 'tokyo', 'mover', 'weekly'].map((name) => got(`${name}@example.org`))),
    ).toEqual([2, 2, 2, 2, 1]);
    expect((await patch(`/api/v1/subscriptions/${weekly}`, { weekdays: null })).body.weekdays).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ]);
  }, 240_000);

  it('refuses what is no hour, no zone and no day of the list, and changes nothing then', async () => {
    const id = await addReader('faults@example.org', {});
    await patch('/api/v1/lists/daily-news-brief', { weekdays: [1, 2, 3, 4, 5] });
    const faults = async (body: object) => {
      const answered = await patch(`/api/v1/subscriptions/${id}`, body);
      return [answered.status, ...(answered.body.errors as { path: string }[]).map(({ path }) => path)];
    };
    expect(await faults({ localTime: '25:00' })).toEqual([422, 'localTime']);
    expect(await faults({ timeZone: 'Mars/Olympus' })).toEqual([422, 'timeZone']);
    expect(await faults({ weekdays: [] })).toEqual([422, 'weekdays']);
    expect(await faults({ localTime: '08:00', weekdays: [7] })).toEqual([422, 'weekdays']);
    expect(await faults({ localTime: '08:00', sections: ['Astrology'] })).toEqual([422, 'sections']);
    expect(await faults({ state: 'paused' })).toEqual([422, 'pausedUntil']);
    const { body } = await patch(`/api/v1/subscriptions/${id}`, { sections: null });
    expect(body.chosen).toEqual({ timeZone: null, localTime: null, weekdays: null });
  });
});

async function patchAt(instance: Service, id: string, body: object): Promise<Record<string, unknown>> {
  const response = await instance.api(`/api/v1/subscriptions/${id}`, { method: 'PATCH', body });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}
