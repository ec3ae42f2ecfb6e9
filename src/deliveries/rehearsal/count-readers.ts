import type { Instant } from '../../database/now.js';
import { sql, type Db } from '../../database/sql.js';
import type { ReaderGroup } from '../../editions/compose-variants.js';
import type { HourOfReaders } from '../../editions/rehearsal/rehearsal.js';
import { dueOn, type LocalSchedule } from '../../lists/due-instant.js';
import { dueReaders } from '../due-readers.js';

/** Readers who would get the same letter. */
export interface CountedGroup extends ReaderGroup {
  readers: number;
}

export interface CountedReaders {
  /** Soonest first. */
  hours: HourOfReaders[];
  /** The largest first, `mostGroups` at the most. */
  groups: CountedGroup[];
}

interface Row {
  scheduleId: string | null;
  locale: string;
  sections: string[] | null;
  memory: string[];
  since: Date | null;
  readers: number;
}

const mostGroups = 20_000;

/** Counts who is due on a date, by hour and by group, in one pass over the readers: the statement that plans the edition, but for nobody's ledger. */
export async function countReaders(db: Db, listId: string, date: string, now: Instant): Promise<CountedReaders> {
  const schedules = await sql<LocalSchedule & { id: string }>(
    db,
    `select c.id, c.time_zone as "timeZone", c.local_time as "localTime", c.weekdays from schedule c
      where c.list_id = $1 and isfinite(c.next_due_at)
        and (c.served_date is null or c.served_date < $2 or exists (
          select 1 from edition_schedule x join edition e on e.id = x.edition_id
           where x.schedule_id = c.id and e.local_date = $2 and e.state in ('composing', 'held')))`,
    [listId, date],
  );
  const due = schedules.flatMap((schedule) => {
    const instant = dueOn(schedule, date);
    return instant ? [{ ...schedule, at: instant.at.toString() }] : [];
  });
  const rows = await sql<Row>(db, statement, [due.map(({ id }) => id), due.map(({ at }) => at), date, now]);
  const byHour = new Map(rows.filter(({ scheduleId }) => scheduleId).map((row) => [row.scheduleId, row.readers]));
  return {
    hours: due
      .map(({ id, timeZone, localTime, at }) => ({
        ...{ timeZone, localTime: localTime.slice(0, 5), dueAt: at, readers: byHour.get(id) ?? 0 },
      }))
      .filter(({ readers }) => readers > 0)
      .sort((a, b) => a.dueAt.localeCompare(b.dueAt)),
    groups: rows
      .filter(({ scheduleId }) => !scheduleId)
      .map(({ locale, sections, memory, since, readers }) => ({
        ...{ locale, sections, memory, readers, since: since?.toTemporalInstant() ?? null },
      })),
  };
}

const statement = `
  with due as (${dueReaders({
    instants: '(select * from unnest($1::bigint[], $2::timestamptz[]) as u (schedule_id, due_at))',
    date: '$3::date',
    now: '$4::timestamptz',
  })})
  select schedule_id as "scheduleId", locale, sections, memory::text[] as memory, since, count(*)::int as readers
    from due where not overtaken group by grouping sets ((schedule_id), (locale, sections, memory, since))
   order by grouping(schedule_id), readers desc limit ${mostGroups}`;
