import type { EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { nextDue, type LocalSchedule } from './due-instant.js';

/** Gives a new list the schedule that its readers follow. */
export async function createSchedule(
  tx: EntityManager,
  listId: string,
  local: LocalSchedule,
  now: Instant,
): Promise<void> {
  await sql(
    tx,
    `insert into schedule (list_id, time_zone, local_time, weekdays, next_due_at, own) values ($1, $2, $3, $4, $5, true)`,
    [listId, local.timeZone, local.localTime, local.weekdays, nextDue(local, now).at],
  );
}

/** The list's own schedule; a reader who chose no hour points to it. */
export async function ownSchedule(tx: EntityManager, listId: string): Promise<string> {
  const row = await one<{ id: string }>(tx, `select id from schedule where list_id = $1 and own`, [listId]);
  return row!.id;
}

/**
 * An admin's change of the list's hour: one row, however many readers follow it. A date that has had its due instant gets
 * no second one: the new hour holds from the day after.
 */
export async function reschedule(tx: EntityManager, listId: string, local: LocalSchedule, now: Instant): Promise<void> {
  const own = await one<{ servedDate: string | null }>(
    tx,
    `select served_date as "servedDate" from schedule where list_id = $1 and own for update`,
    [listId],
  );
  const due = nextDue(local, now);
  const served = own!.servedDate !== null && due.localDate <= own!.servedDate;
  const next = served ? nextDue(local, endOfDate(own!.servedDate!, local.timeZone)) : due;
  await sql(
    tx,
    `update schedule set time_zone = $2, local_time = $3, weekdays = $4, next_due_at = $5 where list_id = $1 and own
        and (time_zone, local_time, weekdays) is distinct from ($2, $3::time, $4::smallint[])`,
    [listId, local.timeZone, local.localTime, local.weekdays, next.at],
  );
}

/** Moves a schedule on, once its due instants up to the one of `servedDate` have been opened. */
export async function advance(tx: EntityManager, scheduleId: string, next: Instant, servedDate: string): Promise<void> {
  await sql(tx, `update schedule set next_due_at = $2, served_date = $3 where id = $1`, [scheduleId, next, servedDate]);
}

/** An archived list is due no more. */
export async function endSchedules(tx: EntityManager, listId: string): Promise<void> {
  await sql(tx, `update schedule set next_due_at = 'infinity' where list_id = $1`, [listId]);
}

const endOfDate = (date: string, timeZone: string): Instant =>
  Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timeZone).toInstant().subtract({ seconds: 1 });
