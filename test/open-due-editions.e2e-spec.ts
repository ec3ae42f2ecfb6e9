import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { locks } from '../src/database/locks.js';
import { one, sql } from '../src/database/sql.js';
import { OpenDueEditions } from '../src/editions/open-due-editions.js';
import { reschedule, scheduleFor } from '../src/lists/schedules.js';
import type { ScheduleChoice } from '../src/lists/stored-schedule.js';
import { ChooseSchedule } from '../src/subscribers/choose-schedule.js';
import { readSubscription } from '../src/subscribers/read-subscription.js';
import { owedNext } from '../src/subscribers/regime.js';
import { unlinkedSchedules } from './support/check-ledger.js';
import { freshDatabase, openClient } from './support/database.js';

/** What a tick opens, by the clock of the test: schedules and editions as rows, without a service. */
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const theList: ScheduleChoice = { timeZone: null, localTime: null, weekdays: null };
let db: DataSource;
let url: string;
let openDueEditions: OpenDueEditions;

beforeAll(async () => {
  ({ url } = await freshDatabase());
  db = await openDataSource(url);
  openDueEditions = new OpenDueEditions(db);
});
afterAll(() => db.destroy());

/** A list that comes every day at 07:00 in Paris. @returns its id */
async function addList(slug: string): Promise<string> {
  const list = await one<{ id: string }>(
    db,
    `insert into list (slug, name, time_zone, local_time, weekdays, min_stories, max_stories, fresh_for_seconds, unknown_policy, postal_address, created_at)
     values ($1, 'L', 'Europe/Paris', '07:00', '{1,2,3,4,5,6,7}', 1, 5, 14400, 'hold', 'A street', now()) returning id`,
    [slug],
  );
  return list!.id;
}

const addSchedule = (list: string, choice: Partial<ScheduleChoice>, now: Temporal.Instant): Promise<string> =>
  db.transaction((tx) => scheduleFor(tx, list, { ...theList, ...choice }, now));

interface Linked {
  dueAt: string;
  date: string;
  state: string;
}

/** The editions that a schedule is linked to, oldest first. */
async function editionsOf(schedule: string): Promise<Linked[]> {
  const rows = await sql<Omit<Linked, 'dueAt'> & { dueAt: Date }>(
    db,
    `select e.due_at as "dueAt", e.local_date as date, e.state from edition e join edition_schedule x on x.edition_id = e.id
      where x.schedule_id = $1 order by e.due_at`,
    [schedule],
  );
  return rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() }));
}

describe('a tick', () => {
  it('opens what is due while a bounce is being judged', async () => {
    const list = await addList('judged');
    const schedule = await addSchedule(list, {}, at('2026-11-24T12:00:00Z'));
    const judge = await openClient(url);
    await judge.query('begin');
    await judge.query('select pg_advisory_xact_lock($1)', [locks.judgeBounces]);
    await openDueEditions.run(at('2026-11-25T06:00:02Z'));
    await judge.end();
    expect(await editionsOf(schedule)).toEqual([
      { dueAt: '2026-11-25T06:00:00.000Z', date: '2026-11-25', state: 'composing' },
    ]);
  });

  it('brings a letter to a schedule whose instant comes again after the clock went back', async () => {
    const list = await addList('back');
    await addSchedule(list, {}, at('2026-11-24T12:00:00Z'));
    await openDueEditions.run(at('2026-11-25T06:00:02Z'));
    await sql(db, `update edition set state = 'done' where list_id = $1`, [list]);
    const berlin = await addSchedule(list, { timeZone: 'Europe/Berlin' }, at('2026-11-25T05:30:00Z'));
    const rome = await addSchedule(list, { timeZone: 'Europe/Rome' }, at('2026-11-25T05:30:00Z'));
    await openDueEditions.run(at('2026-11-25T06:00:05Z'));
    const own = [{ dueAt: '2026-11-25T06:00:05.000Z', date: '2026-11-25', state: 'composing' }];
    expect(await editionsOf(berlin)).toEqual(own);
    expect(await editionsOf(rome)).toEqual(own);
    expect(await unlinkedSchedules((text, values) => sql(db, text, values), 'back')).toEqual([]);
  });

  it('does not join an edition whose readers are being gathered', async () => {
    const list = await addList('gathered');
    await addSchedule(list, {}, at('2026-11-24T12:00:00Z'));
    await openDueEditions.run(at('2026-11-25T06:00:02Z'));
    const planner = await openClient(url);
    await planner.query('begin');
    await planner.query('select 1 from edition where list_id = $1 for update', [list]);
    const late = await addSchedule(list, { timeZone: 'Europe/Berlin' }, at('2026-11-25T05:59:59Z'));
    await openDueEditions.run(at('2026-11-25T06:00:12Z'));
    await planner.end();
    expect(await editionsOf(late)).toMatchObject([{ dueAt: '2026-11-25T06:00:12.000Z', state: 'composing' }]);
  });

  it('links every schedule to the record that its edition came too late', async () => {
    const list = await addList('late');
    const ids = [
      await addSchedule(list, {}, at('2026-11-24T12:00:00Z')),
      await addSchedule(list, { timeZone: 'Europe/Berlin' }, at('2026-11-24T12:00:00Z')),
    ];
    await openDueEditions.run(at('2026-11-25T12:00:00Z'));
    for (const id of ids)
      expect(await editionsOf(id)).toEqual([
        { dueAt: '2026-11-25T06:00:00.000Z', date: '2026-11-25', state: 'skipped' },
      ]);
  });

  it('leaves no date without a record after 50 days without a clock, of schedules that come on different days', async () => {
    const list = await addList('away');
    const daily = await addSchedule(list, {}, at('2026-09-30T12:00:00Z'));
    const weekdays = await addSchedule(list, { weekdays: [1, 2, 3, 4, 5] }, at('2026-09-30T12:00:00Z'));
    await openDueEditions.run(at('2026-11-19T06:00:02Z'));
    expect((await editionsOf(daily)).map(({ state }) => state).join(' ')).toMatch(/^(skipped ){31}composing$/);
    expect(await datesOf(daily)).toEqual(daysBetween('2026-10-01', '2026-11-19'));
    const working = daysBetween('2026-10-01', '2026-11-19').filter(
      (date) => Temporal.PlainDate.from(date).dayOfWeek < 6,
    );
    expect((await datesOf(weekdays)).filter((date) => working.includes(date))).toEqual(working);
  });

  it('records the date that a move of the list eastwards over midnight lets go', async () => {
    const list = await addList('eastwards');
    const schedule = await addSchedule(list, {}, at('2026-11-24T12:00:00Z'));
    await sql(db, `update list set time_zone = 'America/New_York', local_time = '22:00' where id = $1`, [list]);
    const move = (timeZone: string, localTime: string, now: string) =>
      db.transaction((tx) => reschedule(tx, { id: list, timeZone, localTime, weekdays: everyDay }, at(now)));
    await move('America/New_York', '22:00', '2026-11-24T13:00:00Z');
    await move('Asia/Tokyo', '07:00', '2026-11-24T21:00:00Z'); // 16:00 on Tuesday in New York, 06:00 on Wednesday in Tokyo
    await openDueEditions.run(at('2026-11-24T22:00:02Z'));
    expect(await editionsOf(schedule)).toEqual([
      { dueAt: '2026-11-24T22:00:00.000Z', date: '2026-11-24', state: 'skipped' },
      { dueAt: '2026-11-24T22:00:00.000Z', date: '2026-11-25', state: 'composing' },
    ]);
  });
});

describe('a reader who changes the hour while a tick opens editions', () => {
  it('does not go over to a schedule whose edition of today has just been opened without them', async () => {
    const list = await addList('changing');
    const eight = await addSchedule(list, { localTime: '08:00' }, at('2026-11-24T12:00:00Z'));
    await addSchedule(list, {}, at('2026-11-24T12:00:00Z'));
    const reader = await one<{ id: string }>(
      db,
      `with r as (insert into subscriber (address, locale, created_at) values ('changing@example.org', 'en', now()) returning id)
       insert into subscription (subscriber_id, list_id, schedule_id, state, requested_at, confirmed_at, morning_from)
       select id, $1, $2, 'active', '2026-11-01', '2026-11-01', '2026-11-01' from r returning id`,
      [list, eight],
    );
    // 06:59:59: the request has begun; the tick of 07:00 is committed before it reads the schedules.
    const tick = await openClient(url);
    await tick.query('begin');
    await tick.query(`select from schedule where list_id = $1 for update`, [list]);
    const chosen = new ChooseSchedule(db).run(
      reader!.id,
      { localTime: null },
      { network: null, shown: 'test' },
      at('2026-11-25T05:59:59Z'),
    );
    await new Promise((done) => setTimeout(done, 200));
    await tick.query(
      `update schedule set served_date = '2026-11-25', next_due_at = '2026-11-26T06:00Z', next_due_date = '2026-11-26' where list_id = $1 and id <> $2`,
      [list, eight],
    );
    await tick.query('commit');
    await tick.end();
    expect(await chosen).toEqual({ kind: 'chosen' });
    const details = (await readSubscription(db, reader!.id))!;
    expect(owedNext(details.regime, at('2026-11-25T06:00:10Z'))).toMatchObject({ localDate: '2026-11-25' });
  });
});

/** The dates that the editions and records of a schedule stand for. */
async function datesOf(schedule: string): Promise<string[]> {
  const rows = await sql<{ since: string; date: string }>(
    db,
    `select coalesce(x.since_date, e.local_date) as since, e.local_date as date
       from edition e join edition_schedule x on x.edition_id = e.id where x.schedule_id = $1 order by 2`,
    [schedule],
  );
  return rows.flatMap(({ since, date }) => daysBetween(since, date));
}

function daysBetween(first: string, last: string): string[] {
  const from = Temporal.PlainDate.from(first);
  const count = from.until(last).days + 1;
  return Array.from({ length: count }, (_, days) => from.add({ days }).toString());
}
