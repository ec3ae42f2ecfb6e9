import type { EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { longestPause, nextDue, type DueInstant, type LocalSchedule } from './due-instant.js';
import { dueAfterMove } from './move-schedule.js';
import {
  asSchedule,
  scheduleJson,
  type ScheduleChoice,
  type ScheduleJson,
  type StoredSchedule,
} from './stored-schedule.js';

export const asTheList: ScheduleChoice = { timeZone: null, localTime: null, weekdays: null };

/** A list, as far as its schedules go. */
interface ListHours extends LocalSchedule {
  id: string;
}

/** An edition reaches back as far as the one before it, for readers who come back three days. */
const leastReachDays = 3;

/** The schedule of a list's readers who made this choice; it is made for the first of them. */
export async function scheduleFor(
  tx: EntityManager,
  listId: string,
  choice: ScheduleChoice,
  now: Instant,
): Promise<string> {
  const chosen = [listId, choice.timeZone, choice.localTime, choice.weekdays];
  const standing = await one<{ id: string }>(
    tx,
    `select id from schedule where list_id = $1 and chosen_zone is not distinct from $2
        and chosen_time is not distinct from $3::time and chosen_weekdays is not distinct from $4::smallint[]`,
    chosen,
  );
  if (standing) return standing.id;
  // Shared lock: an admin's change of the list comes before or after, and then finds the new row.
  const list = await one<ListHours>(
    tx,
    `select id, time_zone as "timeZone", local_time as "localTime", weekdays from list where id = $1 for share`,
    [listId],
  );
  const local = inForce(choice, list!);
  const next = nextDue(local, now);
  const made = await one<{ id: string }>(
    tx,
    `insert into schedule (list_id, chosen_zone, chosen_time, chosen_weekdays, time_zone, local_time, weekdays, reach_days, next_due_at, next_due_date)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (list_id, chosen_zone, chosen_time, chosen_weekdays) do update set list_id = excluded.list_id returning id`,
    [...chosen, local.timeZone, local.localTime, local.weekdays, reachOf(local), next.at, next.localDate],
  );
  return made!.id;
}

/** An admin's change of the list's hour, zone or days: touches the schedules that follow it, however many readers they have. */
export async function reschedule(tx: EntityManager, list: ListHours, now: Instant): Promise<void> {
  const rows = await sql<{ schedule: ScheduleJson }>(
    tx,
    `select ${scheduleJson('c')} as schedule from schedule c where list_id = $1 order by id for update`,
    [list.id],
  );
  const moved = rows
    .map((row) => asSchedule(row.schedule))
    .map((old) => ({ old, local: inForce(old.chosen, list) }))
    .filter(({ old, local }) => !isSame(old, local))
    .map(({ old, local }) => {
      const { at, localDate, letGo } = dueAfterMove(old, local, now);
      return {
        id: old.id,
        ...local,
        reachDays: reachOf(local),
        nextDueAt: at.toString(),
        nextDueDate: localDate,
        letGo,
      };
    });
  await sql(
    tx,
    `update schedule c
        set time_zone = m."timeZone", local_time = m."localTime", weekdays = m.weekdays, reach_days = m."reachDays", next_due_at = m."nextDueAt",
            next_due_date = m."nextDueDate", let_go = array_remove(let_go || m."letGo", null)
       from jsonb_to_recordset($1::jsonb) as m (id bigint, "timeZone" text, "localTime" time, weekdays smallint[], "reachDays" smallint,
                                                "nextDueAt" timestamptz, "nextDueDate" date, "letGo" date)
      where c.id = m.id`,
    [JSON.stringify(moved)],
  );
}

/** No tick opens an edition for these schedules until the transaction ends; one that is at it is waited for. */
export async function holdSchedules(tx: EntityManager, ids: string[]): Promise<void> {
  await sql(tx, `select from schedule where id = any($1::bigint[]) order by id for share`, [ids]);
}

export async function readSchedule(db: Db, id: string): Promise<StoredSchedule> {
  const row = await one<{ schedule: ScheduleJson }>(
    db,
    `select ${scheduleJson('c')} as schedule from schedule c where id = $1`,
    [id],
  );
  return asSchedule(row!.schedule);
}

/** Moves a schedule on, once its due instants up to the one of `servedDate` have been opened. */
export async function advance(tx: EntityManager, id: string, next: DueInstant, served: DueInstant): Promise<void> {
  await sql(
    tx,
    `update schedule set next_due_at = $2, next_due_date = $3, served_date = $4, served_at = $5, let_go = '{}' where id = $1`,
    [id, next.at, next.localDate, served.localDate, served.at],
  );
}

/** Keeps whether the last edition of these schedules was skipped. @param skippedDate null: it was composed */
export async function noteOutcome(tx: Db, ids: string[], skippedDate: string | null): Promise<void> {
  await sql(
    tx,
    `update schedule set skipped_date = $2 where id = any($1::bigint[]) and skipped_date is distinct from $2`,
    [ids, skippedDate],
  );
}

/** An archived list is due no more. */
export async function endSchedules(tx: EntityManager, listId: string): Promise<void> {
  await sql(tx, `update schedule set next_due_at = 'infinity', next_due_date = 'infinity' where list_id = $1`, [
    listId,
  ]);
}

/** What a choice comes to. Of the days a reader chose only those count on which the list comes; if none is left, the list's do. */
export function inForce(choice: ScheduleChoice, list: LocalSchedule): LocalSchedule {
  const days = choice.weekdays?.filter((day) => list.weekdays.includes(day)) ?? [];
  return {
    timeZone: choice.timeZone ?? list.timeZone,
    localTime: choice.localTime ?? list.localTime,
    weekdays: days.length > 0 ? days : list.weekdays,
  };
}

const reachOf = ({ weekdays }: LocalSchedule): number => Math.max(leastReachDays, longestPause(weekdays));

const isSame = (a: LocalSchedule, b: LocalSchedule): boolean =>
  a.timeZone === b.timeZone &&
  Temporal.PlainTime.compare(a.localTime, b.localTime) === 0 &&
  a.weekdays.join() === b.weekdays.join();
