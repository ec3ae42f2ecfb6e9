import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { PauseUntilDates1779821000002 } from '../src/database/migrations/1779821000002-pause-until-dates.js';
import { one, sql } from '../src/database/sql.js';
import { gatherReaders } from '../src/deliveries/gather-readers.js';
import type { Edition } from '../src/editions/edition.js';
import { tellSchedules } from '../src/editions/tell-schedules.js';
import { OpenDueEditions } from '../src/editions/open-due-editions.js';
import { scheduleFor } from '../src/lists/schedules.js';
import { Attest } from '../src/subscribers/attest.js';
import { EndSubscription } from '../src/subscribers/end-subscription.js';
import { ChangeSubscription } from '../src/subscribers/change-subscription.js';
import { ChooseSchedule } from '../src/subscribers/choose-schedule.js';
import { viewSubscription } from '../src/subscribers/preferences-view.js';
import { nextMorning, readSubscription } from '../src/subscribers/read-subscription.js';
import { ResumePaused } from '../src/subscribers/resume-paused.js';
import { freshDatabase } from './support/database.js';
import { addListWithReaders } from './support/readers-of-a-list.js';

/** A pause ends on a date of the reader's, by the clock of the test, without a service. */
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const evidence = { network: null, shown: 'test' };
let db: DataSource;

beforeAll(async () => {
  db = await openDataSource((await freshDatabase()).url);
  await addListWithReaders(db, 3);
  await sql(db, `update list set time_zone = 'Europe/Paris', weekdays = '{1,2,3,4,5,6,7}'`);
  const paris = await db.transaction((tx) =>
    scheduleFor(tx, '1', { timeZone: 'Europe/Paris', localTime: '07:00', weekdays: null }, at('2026-03-20T12:00:00Z')),
  );
  await sql(db, `update subscription set schedule_id = $1, confirmed_at = '2026-03-01', morning_from = '2026-03-01'`, [
    paris,
  ]);
  await sql(db, `delete from schedule where id <> $1`, [paris]);
});
afterAll(() => db.destroy());

/** The readers of the editions that are due at an instant. */
async function readersDue(now: Temporal.Instant): Promise<string[]> {
  await new OpenDueEditions(db).run(now);
  const editions = await sql<Edition>(
    db,
    `update edition set state = 'done' where state = 'composing' returning id, kind, due_at as "dueAt", local_date as "localDate"`,
  );
  const readers: string[] = [];
  for (const edition of editions)
    await db.transaction(async (tx) => {
      await gatherReaders(tx, edition, now);
      readers.push(...(await sql<{ id: string }>(tx, `select subscription_id as id from due`)).map(({ id }) => id));
    });
  return readers.sort();
}

const page = async (id: string, now: string) => viewSubscription((await readSubscription(db, id))!, at(now));
const next = async (id: string, now: string) => nextMorning((await readSubscription(db, id))!, at(now));

const byTest = { network: null, shown: 'test' };

describe('a pause until the 25th', () => {
  it('lasts until the 25th where the reader is then, also when they change the zone after midnight', async () => {
    const change = new ChangeSubscription(db, {} as never);
    const pause = { state: 'paused', pausedUntil: '2026-03-25' } as const;
    for (const id of ['1', '2']) await change.run(id, pause, byTest, at('2026-03-22T12:00:00Z'));
    const to = { timeZone: 'America/New_York', localTime: '20:00' };
    const choose = new ChooseSchedule(db);
    await choose.run('1', to, byTest, at('2026-03-24T12:00:00Z'));
    await new ResumePaused(db).run(at('2026-03-24T23:30:00Z')); // 00:30 of the 25th in Paris, 19:30 of the 24th in New York
    const states = await sql<{ state: string }>(db, `select state from subscription where id < 3 order by id`);
    expect(states.map(({ state }) => state)).toEqual(['paused', 'active']);
    await choose.run('2', to, byTest, at('2026-03-24T23:40:00Z'));
    for (const id of ['1', '2'])
      expect(await next(id, '2026-03-24T23:45:00Z')).toBe('Wednesday 25 March, 20:00 in New York');

    expect(await readersDue(at('2026-03-25T00:00:02Z'))).toEqual([]); // 20:00 of the 24th in New York
    expect(await readersDue(at('2026-03-25T06:00:02Z'))).toEqual(['3']); // 07:00 of the 25th in Paris
    expect(await readersDue(at('2026-03-26T00:00:02Z'))).toEqual(['1', '2']);
  });

  it('ended by hand after the hour brings no letter of that hour any more', async () => {
    const change = new ChangeSubscription(db, {} as never);
    await change.run('3', { state: 'paused', pausedUntil: '2026-03-30' }, byTest, at('2026-03-25T12:00:00Z'));
    await change.run('3', { state: 'active' }, byTest, at('2026-03-26T06:00:05Z'));
    expect(await next('3', '2026-03-26T06:00:06Z')).toBe('Friday 27 March, 07:00 in Paris');
    expect(await page('3', '2026-03-26T06:00:06Z')).toMatchObject({ missesToday: true });
    expect(await page('3', '2026-03-27T09:00:00Z')).toMatchObject({ missesToday: false });
    expect(await readersDue(at('2026-03-26T06:00:10Z'))).toEqual([]);
    expect(await readersDue(at('2026-03-27T06:00:00Z'))).toEqual(['3']);
  });
});

describe('a reader who leaves after today’s issue and returns the same day', () => {
  it('is told that the later hour of today brings none', async () => {
    await new EndSubscription(db).run('3', evidence, at('2026-03-27T08:00:00Z'));
    const now = at('2026-03-27T09:00:00Z');
    const { address, list } = (await readSubscription(db, '3'))!;
    const schedule = { timeZone: 'Europe/Paris', localTime: '18:00', weekdays: null };
    const back = { address, list: list as never, locale: 'en' as const, timeZone: null, schedule, sections: null };
    await new Attest(db).run(back, { source: 'test', at: now, keyId: 'k', statedAt: now });
    expect(await next('3', '2026-03-27T09:00:01Z')).toBe('Saturday 28 March, 18:00 in Paris');
    expect(await page('3', '2026-03-27T09:00:01Z')).toMatchObject({ missesToday: true });
    expect(await readersDue(at('2026-03-27T17:00:02Z'))).toEqual([]);
    expect(await readersDue(at('2026-03-28T17:00:02Z'))).toEqual(['3']);
  });
});

describe('a reader whose last issue was skipped', () => {
  it('is told so, until one is composed', async () => {
    const editions = await sql<{ id: string }>(
      db,
      `select e.id from edition e join edition_schedule x on x.edition_id = e.id join subscription s on s.schedule_id = x.schedule_id where s.id = 3`,
    );
    await tellSchedules(db, editions.at(-1)!.id, '2026-03-28');
    expect(await page('3', '2026-03-28T20:00:00Z')).toMatchObject({ skipped: 'Saturday 28 March 2026' });
    await tellSchedules(db, editions.at(-1)!.id, null);
    expect(await page('3', '2026-03-28T20:00:00Z')).toMatchObject({ skipped: null });
  });
});

it('pauses that were kept as instants become the dates that they were in the reader’s zone', async () => {
  await sql(db, `alter table subscription drop column paused_until`);
  await sql(db, `alter table subscription add column paused_until timestamptz`);
  await sql(
    db,
    `update subscription set state = 'paused', paused_until = case id when 1 then timestamptz '2026-03-25T00:00:00-04:00'
                                                            when 2 then timestamptz '2026-03-25T08:00:00.123456-04:00' end where id < 3`,
  );
  const runner = db.createQueryRunner();
  await new PauseUntilDates1779821000002().up(runner);
  await runner.release();
  const rows = await sql<{ until: string }>(db, `select paused_until as until from subscription order by id`);
  expect(rows.map(({ until }) => until)).toEqual(['2026-03-25', '2026-03-26', null]);
  expect(await one(db, `select 1 from pg_indexes where indexname = 'subscription_paused'`)).toBeDefined();
});
