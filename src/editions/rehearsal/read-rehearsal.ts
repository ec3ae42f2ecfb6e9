import { one, type Db } from '../../database/sql.js';
import type { RehearsalRule } from '../../lists/list.entity.js';
import { whatIsRed, type Rehearsal } from './rehearsal.js';

/** The latest rehearsal of an issue, whatever became of it. */
export function readRehearsal(db: Db, listId: string, date: string): Promise<Rehearsal | undefined> {
  return one<Rehearsal>(
    db,
    `select h.id, h.state, h.rundown_version as "rundownVersion", h.asked_by as "askedBy", h.asked_at as "askedAt",
            h.finished_at as "finishedAt", h.report,
            case when h.overridden_at is not null then
              jsonb_build_object('by', h.overridden_by, 'at', h.overridden_at, 'reason', h.override_reason) end as override
       from rehearsal h join issue i on i.id = h.issue_id
      where i.list_id = $1 and i.local_date = $2 order by h.id desc limit 1`,
    [listId, date],
  );
}

/**
 * What keeps an issue from going out: the last rehearsal that had an end is red and nobody has overridden it. A later rundown does
 * not lift that, a later green rehearsal does. Null: nothing, or the list does not want to be kept.
 */
export async function readBlock(db: Db, rule: RehearsalRule, listId: string, date: string): Promise<string | null> {
  if (rule !== 'block') return null;
  const last = await one<Pick<Rehearsal, 'state' | 'report'> & { overridden: boolean }>(
    db,
    `select h.state, h.report, h.overridden_at is not null as overridden from rehearsal h join issue i on i.id = h.issue_id
      where i.list_id = $1 and i.local_date = $2 and h.state in ('green', 'red') order by h.id desc limit 1`,
    [listId, date],
  );
  return last?.state === 'red' && !last.overridden ? whatIsRed(last.report!) : null;
}
