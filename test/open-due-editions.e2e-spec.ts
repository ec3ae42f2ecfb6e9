import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { locks } from '../src/database/locks.js';
import { one, sql } from '../src/database/sql.js';
import { OpenDueEditions } from '../src/editions/open-due-editions.js';
import { scheduleFor } from '../src/lists/schedules.js';
import type { ScheduleChoice } from '../src/lists/stored-schedule.js';
import { freshDatabase, openClient } from './support/database.js';

/** What a tick opens, by the clock of the test: schedules and editions as rows, without a service. */
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
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
});
