import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { runAt } from './support/moved-clock.js';
import { pushArticles } from './support/readers.js';
import { startService, type Service } from './support/service.js';

/** Readers' own hours on days when clocks, calendars, readers or the machine are away. The program runs at those minutes. */
const utc = (moment: string) => Temporal.Instant.from(moment).toZonedDateTimeISO('UTC');

/** A service that stands at this moment, whose list asks for one story at least. */
async function openedAt(moment: string): Promise<Service> {
  const offset = Math.round((utc(moment).epochMilliseconds - Date.now()) / 1000);
  const desk = await startService({ env: { ROLES: 'web', CLOCK_OFFSET: String(offset) } });
  const body = { timeZone: 'UTC', localTime: '12:34', minStories: 1, freshFor: 'PT4H' };
  expect((await desk.api('/api/v1/lists/daily-news-brief', { method: 'PATCH', body })).status).toBe(200);
  return desk;
}

/** @returns the id of the subscription */
async function addReader(desk: Service, name: string, choice: object): Promise<string> {
  const consent = { source: 'the journeys of the test', at: '2011-01-01T00:00:00Z' };
  const body = { address: `${name}@example.org`, confirmed: true, consent, ...choice };
  const response = await desk.api('/api/v1/subscribers', { method: 'POST', body });
  expect(response.status).toBe(201);
  return ((await response.json()) as { subscriptions: { id: string }[] }).subscriptions[0]!.id;
}

const write = (desk: Service, moment: string, title: string) =>
  runAt(desk, utc(moment), (instance) => pushArticles(instance, [title]), 'web');

/** Mornings go out as at this moment until each of these readers has as many letters as is said. */
const morning = (desk: Service, moment: string, counts: Record<string, number>) =>
  runAt(desk, utc(moment), async ({ mailbox }) => {
    for (const [name, count] of Object.entries(counts))
      await mailbox.waitForLetters(`${name}@example.org`, { count, timeoutMs: 40_000 });
  });

async function counts(desk: Service, ...names: string[]): Promise<number[]> {
  return Promise.all(names.map(async (name) => (await desk.mailbox.letters(`${name}@example.org`)).length));
}

async function change(desk: Service, moment: string, subscription: string, body: object): Promise<void> {
  await runAt(
    desk,
    utc(moment),
    async (instance) => {
      const response = await instance.api(`/api/v1/subscriptions/${subscription}`, { method: 'PATCH', body });
      expect([response.status, await response.text()]).toEqual([200, expect.anything()]);
    },
    'web',
  );
}

async function morningsAtSix(desk: Service): Promise<object[]> {
  const db = new pg.Client({ connectionString: desk.databaseUrl });
  await db.connect();
  const { rows } = await db.query<object>(
    `select distinct e.local_date::text as "localDate", e.state, e.reason
       from edition e join edition_schedule x on x.edition_id = e.id join schedule c on c.id = x.schedule_id
      where c.chosen_time = '06:00' order by 1`,
  );
  await db.end();
  return rows;
}

describe('a reader’s own hour', () => {
  it('that Lord Howe has twice, half an hour apart, comes once, moved in between or not', async () => {
    const desk = await openedAt('2027-04-03T00:00:00Z');
    const choice = { timeZone: 'Australia/Lord_Howe', localTime: '01:45' };
    await addReader(desk, 'stays', choice);
    const mover = await addReader(desk, 'moves', choice);
    await addReader(desk, 'control', { timeZone: 'UTC', localTime: '15:20' });
    await write(desk, '2027-04-03T10:00:00Z', 'A bridge opens over the strait');

    await morning(desk, '2027-04-03T14:45:03Z', { stays: 1, moves: 1 });
    await change(desk, '2027-04-03T15:10:00Z', mover, { localTime: '01:50' }); // the second 01:40; 01:50 is to come again
    await morning(desk, '2027-04-03T15:20:03Z', { control: 1 });
    expect(await counts(desk, 'stays', 'moves')).toEqual([1, 1]);

    await write(desk, '2027-04-04T10:00:00Z', 'A harvest comes in early');
    await morning(desk, '2027-04-04T15:20:03Z', { stays: 2, moves: 2, control: 2 });
    expect(await counts(desk, 'stays', 'moves', 'control')).toEqual([2, 2, 2]);
  }, 240_000);

  it('that Lord Howe leaves out comes half an hour later, once', async () => {
    const desk = await openedAt('2027-10-02T00:00:00Z');
    await addReader(desk, 'gap', { timeZone: 'Australia/Lord_Howe', localTime: '02:15' });
    await addReader(desk, 'control', { timeZone: 'UTC', localTime: '15:16' });
    await write(desk, '2027-10-02T10:00:00Z', 'A vote ends in a draw');
    await morning(desk, '2027-10-02T15:16:03Z', { control: 1 }); // 02:15 of the day before and its offset has passed
    expect(await counts(desk, 'gap')).toEqual([0]);
    await morning(desk, '2027-10-02T15:45:03Z', { gap: 1 });
    expect(await counts(desk, 'gap', 'control')).toEqual([1, 1]);
  }, 240_000);

  it('in Apia skips the day that Apia skipped, and a reader who goes back over the date line gets no date twice', async () => {
    const desk = await openedAt('2011-12-29T00:00:00Z');
    const choice = { timeZone: 'Pacific/Apia', localTime: '07:00' };
    await addReader(desk, 'apia', choice);
    const traveller = await addReader(desk, 'traveller', choice);
    await addReader(desk, 'control', { timeZone: 'UTC', localTime: '18:00' });
    await write(desk, '2011-12-29T10:00:00Z', 'The residents of Camp Ashraf wait for word of a move');
    await morning(desk, '2011-12-29T17:00:03Z', { apia: 1, traveller: 1 }); // the 29th there

    await write(desk, '2011-12-30T10:00:00Z', 'A first group is to leave the camp');
    await morning(desk, '2011-12-30T17:00:03Z', { apia: 2, traveller: 2 }); // the 31st there
    await change(desk, '2011-12-30T17:30:00Z', traveller, { timeZone: 'Pacific/Pago_Pago' }); // where it is the 30th
    await morning(desk, '2011-12-30T18:00:03Z', { control: 1 }); // 07:00 of the 30th in Pago Pago
    expect(await counts(desk, 'apia', 'traveller')).toEqual([2, 2]);

    await write(desk, '2011-12-31T16:00:00Z', 'The year ends with talks');
    await morning(desk, '2011-12-31T18:00:03Z', { apia: 3, control: 2 }); // the 1st in Apia, the 31st in Pago Pago
    expect(await counts(desk, 'apia', 'traveller')).toEqual([3, 2]);
    await write(desk, '2012-01-01T16:00:00Z', 'A new year begins with snow');
    await morning(desk, '2012-01-01T18:00:03Z', { apia: 4, control: 3, traveller: 3 });
    expect(await counts(desk, 'apia', 'traveller')).toEqual([4, 3]);
  }, 300_000);

  it('waits for the end of a pause, survives a machine that was off, and says what came too late', async () => {
    const desk = await openedAt('2027-05-03T00:00:00Z');
    const choice = { timeZone: 'UTC', localTime: '06:00' };
    await addReader(desk, 'there', choice);
    const away = await addReader(desk, 'away', choice);
    await change(desk, '2027-05-03T01:00:00Z', away, { state: 'paused', pausedUntil: '2027-05-04T08:00:00Z' });

    await write(desk, '2027-05-03T04:00:00Z', 'A satellite falls silent');
    await morning(desk, '2027-05-03T06:00:03Z', { there: 1 });
    await write(desk, '2027-05-04T04:00:00Z', 'A strike ends at the ports');
    await morning(desk, '2027-05-04T09:30:00Z', { there: 2 }); // off from 05:00: late, and still fresh
    expect(await counts(desk, 'there', 'away')).toEqual([2, 0]); // at the due instant the pause lasted

    await write(desk, '2027-05-05T04:00:00Z', 'A river breaks its dam');
    await write(desk, '2027-05-06T04:00:00Z', 'A treaty is signed at last');
    await morning(desk, '2027-05-06T06:00:03Z', { there: 3, away: 1 }); // off for the whole of the 5th
    expect(await counts(desk, 'there', 'away')).toEqual([3, 1]);
    const rows = await morningsAtSix(desk);
    expect(rows).toEqual([
      { localDate: '2027-05-03', state: 'done', reason: null },
      { localDate: '2027-05-04', state: 'done', reason: null },
      { localDate: '2027-05-05', state: 'skipped', reason: 'late' },
      { localDate: '2027-05-06', state: 'done', reason: null },
    ]);
  }, 300_000);
});
