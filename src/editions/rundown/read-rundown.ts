import { one, type Db } from '../../database/sql.js';
import { noRundown, type Rundown } from './rundown.js';

const select = `
  select n.version, n.decisions, n.edited_by as "editedBy", n.edited_at as "editedAt", n.approved_by as "approvedBy", n.approved_at as "approvedAt"
    from rundown n join issue i on i.id = n.issue_id where i.list_id = $1 and i.local_date = $2`;

/** The latest version of an issue's rundown; version 0 where nobody has touched it. */
export async function readRundown(db: Db, listId: string, date: string): Promise<Rundown> {
  return (await one<Rundown>(db, `${select} order by n.version desc limit 1`, [listId, date])) ?? noRundown;
}

/** The latest version that a second person has approved. */
export function readApproved(db: Db, listId: string, date: string): Promise<Rundown | undefined> {
  return one<Rundown>(db, `${select} and n.approved_at is not null order by n.version desc limit 1`, [listId, date]);
}

/** @param version null: none, as for editions of before there were rundowns */
export async function readVersion(db: Db, listId: string, date: string, version: number | null): Promise<Rundown> {
  if (!version) return noRundown;
  return (await one<Rundown>(db, `${select} and n.version = $3`, [listId, date, version])) ?? noRundown;
}
