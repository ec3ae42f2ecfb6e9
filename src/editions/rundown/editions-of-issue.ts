import { sql, type Db } from '../../database/sql.js';
import type { EditionState } from '../edition.js';

/** A due instant of an issue that has not come yet. */
export interface ToCome {
  dueAt: Date;
  timeZone: string;
}

/** A morning edition of an issue that was opened. */
export interface Opened {
  id: string;
  state: EditionState;
  reason: string | null;
  dueAt: Date;
  rundownVersion: number | null;
}

/** Due instants whose date is still to come: those a change of the rundown reaches. Zones and hours of readers, soonest first. */
export function readToCome(db: Db, listId: string, date: string): Promise<ToCome[]> {
  return sql<ToCome>(
    db,
    `select ($2::date + local_time) at time zone time_zone as "dueAt", time_zone as "timeZone" from schedule
      where list_id = $1 and isfinite(next_due_at) and next_due_date <= $2
        and extract(isodow from $2::date)::int = any(weekdays)
        and (served_date is null or served_date < $2)
      order by 1, 2 limit 200`,
    [listId, date],
  );
}

export function readOpened(db: Db, listId: string, date: string): Promise<Opened[]> {
  return sql<Opened>(
    db,
    `select e.id, e.state, e.reason, e.due_at as "dueAt", e.rundown_version as "rundownVersion"
       from edition e where e.list_id = $1 and e.local_date = $2 and e.kind = 'morning' order by e.due_at, e.id`,
    [listId, date],
  );
}

/** Not composed yet: the rundown still counts. */
export const isOpen = ({ state }: Opened): boolean => state === 'composing' || state === 'held';
