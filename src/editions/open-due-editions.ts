import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { locks, tryLock } from '../database/locks.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { advance } from '../lists/schedules.js';
import { dueUntil, nextDueAfterDate, type DueInstant, type LocalSchedule } from '../lists/due-instant.js';
import { openEdition } from './open-edition.js';

interface DueSchedule extends LocalSchedule {
  id: string;
  listId: string;
  freshForSeconds: number;
  nextDueAt: Date;
}

/**
 * Asks Postgres what is due and opens a morning edition for it. Harmless when it runs twice, late, or on ten machines
 * in the same second: one of them opens at a time, all schedules of an instant together, and keys decide the rest.
 * Of several missed instants only the newest can go out; the others, and one older than `freshFor`, are recorded as late.
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
    const due = dueUntil(schedule, schedule.nextDueAt.toTemporalInstant(), now);
    const newest = due.at(-1);
    for (const instant of due) {
      const late = instant !== newest || isLate(instant, schedule, now);
      const editionId = await this.openOne(tx, schedule, instant, late, now);
      if (editionId) await link(tx, editionId, schedule.id);
    }
    const { localDate } = newest!;
    await advance(tx, schedule.id, nextDueAfterDate(schedule, now, localDate).at, localDate);
  }

  /** The edition of this instant, opened here or before by another schedule that falls on the same one. */
  private async openOne(
    tx: EntityManager,
    { listId }: DueSchedule,
    due: DueInstant,
    late: boolean,
    now: Instant,
  ): Promise<string | undefined> {
    const edition = {
      listId,
      kind: 'morning',
      audience: 'due',
      dueAt: due.at,
      localDate: due.localDate,
      late,
    } as const;
    const opened = await openEdition(tx, edition, now);
    if (opened) return opened;
    const standing = await one<{ id: string }>(
      tx,
      `select id from edition where list_id = $1 and local_date = $2 and due_at = $3 and kind = 'morning' and state in ('composing', 'ready')`,
      [listId, due.localDate, due.at],
    );
    return standing?.id;
  }
}

function takeDue(tx: EntityManager, now: Instant): Promise<DueSchedule[]> {
  return sql<DueSchedule>(
    tx,
    `select c.id, c.list_id as "listId", c.time_zone as "timeZone", c.local_time as "localTime", c.weekdays,
            c.next_due_at as "nextDueAt", l.fresh_for_seconds as "freshForSeconds"
       from schedule c join list l on l.id = c.list_id
      where c.next_due_at <= $1 and l.archived_at is null
      order by c.next_due_at for update of c`,
    [now],
  );
}

function isLate(due: DueInstant, schedule: DueSchedule, now: Instant): boolean {
  return Temporal.Instant.compare(due.at.add({ seconds: schedule.freshForSeconds }), now) < 0;
}

async function link(tx: EntityManager, editionId: string, scheduleId: string): Promise<void> {
  await sql(tx, `insert into edition_schedule (edition_id, schedule_id) values ($1, $2) on conflict do nothing`, [
    editionId,
    scheduleId,
  ]);
}
