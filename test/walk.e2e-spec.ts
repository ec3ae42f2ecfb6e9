import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { one, sql } from '../src/database/sql.js';
import { PlanEdition } from '../src/deliveries/plan-edition.js';
import { OpenDueEditions } from '../src/editions/open-due-editions.js';
import { scheduleFor } from '../src/lists/schedules.js';
import type { ScheduleChoice } from '../src/lists/stored-schedule.js';
import { Attest } from '../src/subscribers/attest.js';
import { ChangeSubscription } from '../src/subscribers/change-subscription.js';
import { ChooseSchedule } from '../src/subscribers/choose-schedule.js';
import { EndSubscription } from '../src/subscribers/end-subscription.js';
import { nextDueOf, readSubscription } from '../src/subscribers/read-subscription.js';
import { ResumePaused } from '../src/subscribers/resume-paused.js';
import { unlinkedSchedules } from './support/check-ledger.js';
import { freshDatabase } from './support/database.js';
import { addListWithReaders } from './support/readers-of-a-list.js';

/**
 * Eighteen days in which four zones change their clocks or do not, half an hour at a time, by the clock of the test: readers change the hour and
 * the zone, pause, come back, leave and return, and the machine is off now and then. What the page says just before a letter is held against it.
 */
const zones = ['America/New_York', 'Europe/Paris', 'Asia/Tokyo', 'America/Nuuk'];
const hours = ['00:30', '07:00', '12:00', '18:00', '22:00', '23:30'];
const readers = 10;
const start = Temporal.Instant.from('2027-03-12T00:00:02Z');
const days = 18;
const evidence = { network: null, shown: 'walk' };
let db: DataSource;

/** Mulberry32: the same walk each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}
const upTo = numbers(14);
const any = <T>(values: T[]): T => values[upTo(values.length)]!;
const aChoice = (): ScheduleChoice => ({ timeZone: any(zones), localTime: any(hours), weekdays: null });

beforeAll(async () => {
  db = await openDataSource((await freshDatabase()).url);
  await addListWithReaders(db, readers);
  await sql(db, `update list set weekdays = '{1,2,3,4,5,6,7}', fresh_for_seconds = 14400`);
  await sql(db, `update subscription set confirmed_at = $1, morning_from = $1`, [start.subtract({ hours: 24 })]);
  for (let id = 1; id <= readers; id += 1)
    await sql(db, `update subscription set schedule_id = $2 where id = $1`, [
      id,
      await db.transaction((tx) => scheduleFor(tx, '1', aChoice(), start)),
    ]);
  await sql(db, `delete from schedule where not exists (select 1 from subscription where schedule_id = schedule.id)`);
});
afterAll(() => db.destroy());

const oneVariant = {
  run: async (tx: EntityManager, { id }: { id: string }) => {
    const variant = await one<{ id: string }>(
      tx,
      `insert into variant (edition_id, locale, fingerprint, subject, preheader, stories) values ($1, 'en', 'f', 's', 'p', '[]') returning id`,
      [id],
    );
    const keys = await sql<{ key: string }>(tx, `select distinct group_key as key from due where not overtaken`);
    return Object.fromEntries(keys.map(({ key }) => [key, variant!.id]));
  },
};

interface Letter {
  reader: string;
  date: string;
  dueAt: Date;
}

/** One round of the clock. @returns the letters it brought */
async function tick(now: Temporal.Instant): Promise<Letter[]> {
  await new ResumePaused(db).run(now);
  await new OpenDueEditions(db).run(now);
  const ready = await sql<{ id: string }>(
    db,
    `update edition set state = 'ready', composed_at = $1 where state = 'composing' returning id`,
    [now],
  );
  const plan = new PlanEdition(db, oneVariant as never, { MAIL_FROM: { address: 'a@example.org' } } as never);
  for (const { id } of ready.sort((a, b) => Number(a.id) - Number(b.id))) await plan.run(id, now);
  return sql<Letter>(
    db,
    `with sent as (update delivery set state = 'accepted' where state = 'queued' returning edition_id, subscription_id, local_date)
     select s.subscription_id as reader, s.local_date as date, e.due_at as "dueAt" from sent s join edition e on e.id = s.edition_id`,
  );
}

async function act(reader: string, now: Temporal.Instant): Promise<void> {
  const { state, address } = (await readSubscription(db, reader))!;
  const end = new EndSubscription(db);
  const change = new ChangeSubscription(db, end);
  const doing = upTo(10);
  if (state === 'ended') {
    const list = (await one<{ id: string }>(db, `select id from list`))!;
    const back = {
      address,
      list: list as never,
      locale: 'en' as const,
      timeZone: null,
      schedule: aChoice(),
      sections: null,
    };
    await new Attest(db).run(back, { source: 'walk', at: now, keyId: 'k', statedAt: now });
  } else if (doing < 6) await new ChooseSchedule(db).run(reader, aChoice(), evidence, now);
  else if (doing === 6) {
    const pausedUntil = now
      .toZonedDateTimeISO('UTC')
      .toPlainDate()
      .add({ days: 2 + upTo(4) })
      .toString();
    await change.run(reader, { state: 'paused', pausedUntil }, evidence, now);
  } else if (doing === 7) await change.run(reader, { state: 'active' }, evidence, now);
  else if (doing === 8) await end.run(reader, evidence, now);
}

/** When the next letter comes, as the page of each reader says. */
async function pages(now: Temporal.Instant): Promise<Map<string, string>> {
  const ids = Array.from({ length: readers }, (_, index) => String(index + 1));
  const due = await Promise.all(ids.map(async (id) => nextDueOf((await readSubscription(db, id))!, now)));
  return new Map(ids.flatMap((id, index) => (due[index] ? [[id, due[index].at.toString()] as const] : [])));
}

const isDue = async (now: Temporal.Instant) =>
  (await one(db, `select 1 from schedule where next_due_at <= $1 limit 1`, [now])) !== undefined;

it('brings each reader one issue for each date, in their order, when the page says so', async () => {
  const got = new Map<string, Letter[]>();
  let off = 0;
  for (let step = 0; step < days * 48; step += 1) {
    const now = start.add({ minutes: 30 * step });
    if (off > 0) {
      off -= 1;
      continue;
    }
    if (upTo(150) === 0) off = any([3, 12, 60]); // hours of 30 minutes without a clock
    const before = now.subtract({ seconds: 1 });
    const said = (await isDue(now)) ? await pages(before) : new Map<string, string>();
    for (const letter of await tick(now)) {
      const at = letter.dueAt.toTemporalInstant().toString();
      expect([step, letter.reader, said.get(letter.reader)]).toEqual([step, letter.reader, at]);
      got.set(letter.reader, [...(got.get(letter.reader) ?? []), letter]);
      said.delete(letter.reader);
    }
    for (const [reader, at] of said)
      expect([step, reader, Temporal.Instant.compare(at, now) > 0]).toEqual([step, reader, true]);
    for (let acts = 0; acts < 2; acts += 1)
      if (upTo(6) === 0) await act(String(1 + upTo(readers)), now.add({ minutes: 1 + upTo(25) }));
  }
  for (const letters of got.values()) {
    const dates = letters.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
  }
  expect([...got.values()].flat().length).toBeGreaterThan(80);
  expect(await unlinkedSchedules((text, values) => sql(db, text, values), 'l')).toEqual([]);
  const ids = await sql(db, `select message_id from delivery group by 1 having count(*) > 1`);
  expect(ids).toEqual([]);
}, 300_000);
