import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { locks, tryLock } from '../database/locks.js';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import { advance, noteOutcome } from '../lists/schedules.js';
import { dueUntil, nextDueAfterDate, type DueInstant, type LocalSchedule } from '../lists/due-instant.js';
import { joinEdition } from './join-edition.js';

interface DueSchedule extends LocalSchedule {
  id: string;
  listId: string;
  freshForSeconds: number;
  nextDueAt: Date;
  nextDueDate: string;
  /** Dates that a move of the list has let go. */
  letGo: string[];
}

/** After a long time without a clock, the dates before these share one record. */
const mostRecords = 31;

/**
 * Asks Postgres what is due and opens a morning edition for it. Harmless when it runs twice, late, or on ten machines
 * in the same second: one of them opens at a time, all schedules of an instant together, and keys decide the rest.
 * Of several missed instants only the newest can go out; the others, and one older than `freshFor`, are recorded as late.
 * Each date of each schedule is linked to the edition that brings it, or to the record that nothing did.
 */
@Injectable()
export class OpenDueEditions {
  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    await this.db.transaction(async (tx) => {
      if (!(await tryLock(tx, locks.openEditions))) return;
      for (const schedule of await takeDue(tx, now)) await this.open(tx, schedule, now);
    });
  }

  private async open(tx: EntityManager, schedule: DueSchedule, now: Instant): Promise<void> {
    const first = { at: schedule.nextDueAt.toTemporalInstant(), localDate: schedule.nextDueDate };
    const due = dueUntil(schedule, first, now);
    const newest = due.at(-1)!;
    for (const localDate of schedule.letGo)
      await this.link(tx, schedule, { at: first.at, localDate }, now, { skipped: 'the list was moved past it' });
    const older = due.slice(0, -mostRecords);
    if (older.length > 0)
      await this.link(tx, schedule, older.at(-1)!, now, { skipped: 'late', since: first.localDate });
    const isMissed = isTooOld(newest, schedule, now);
    for (const instant of due.slice(-mostRecords)) {
      const isLate = instant !== newest || isMissed;
      await this.link(tx, schedule, instant, now, isLate ? { skipped: 'late' } : {});
    }
    await advance(tx, schedule.id, nextDueAfterDate(schedule, now, newest.localDate), newest);
    if (isMissed) await noteOutcome(tx, [schedule.id], newest.localDate);
  }

  /** @param record of a date that is skipped: why, and the first date that it stands for */
  private async link(
    tx: EntityManager,
    { id, listId }: DueSchedule,
    { at, localDate }: DueInstant,
    now: Instant,
    record: { skipped?: string; since?: string },
  ): Promise<void> {
    const { skipped, since = null } = record;
    const edition = { listId, kind: 'morning', audience: 'due', dueAt: at, localDate, skipped } as const;
    await sql(
      tx,
      `insert into edition_schedule (edition_id, schedule_id, since_date) values ($1, $2, $3) on conflict do nothing`,
      [await joinEdition(tx, edition, now), id, since],
    );
  }
}

/** Soonest first. Locked in the order of their ids, as everybody locks schedules, so that nobody waits for each other. */
async function takeDue(tx: EntityManager, now: Instant): Promise<DueSchedule[]> {
  const due = await sql<DueSchedule>(
    tx,
    `select c.id, c.list_id as "listId", c.time_zone as "timeZone", c.local_time as "localTime", c.weekdays,
            c.next_due_at as "nextDueAt", c.next_due_date as "nextDueDate", c.let_go::text[] as "letGo",
            l.fresh_for_seconds as "freshForSeconds"
       from schedule c join list l on l.id = c.list_id
      where c.next_due_at <= $1 and l.archived_at is null
      order by c.id for update of c`,
    [now],
  );
  return due.sort((a, b) => a.nextDueAt.getTime() - b.nextDueAt.getTime());
}

function isTooOld(due: DueInstant, schedule: DueSchedule, now: Instant): boolean {
  return Temporal.Instant.compare(due.at.add({ seconds: schedule.freshForSeconds }), now) < 0;
}
