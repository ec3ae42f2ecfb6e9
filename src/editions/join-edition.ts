import type { EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import { openEdition, type NewEdition } from './open-edition.js';

/**
 * The morning edition by which one more schedule gets its letter of this instant, or the record that it gets none. One that other
 * schedules have opened is joined as long as its readers are not gathered. After that (the clock went back, or the schedule was
 * committed after the tick) these readers get an edition of their own, due now.
 * @throws when there is one of this very millisecond: the next tick tries again
 */
export async function joinEdition(tx: EntityManager, edition: NewEdition, now: Instant): Promise<string> {
  const dueNow = { ...edition, dueAt: now };
  const id =
    (await openEdition(tx, edition, now)) ??
    (await joinable(tx, edition)) ??
    (await openEdition(tx, dueNow, now)) ??
    (await joinable(tx, dueNow));
  if (!id) throw new Error(`No edition of list ${edition.listId} can take the readers of ${edition.localDate}`);
  return id;
}

/** Skips an edition whose readers are being gathered at this moment: its row is locked. */
async function joinable(
  tx: EntityManager,
  { listId, localDate, dueAt, skipped }: NewEdition,
): Promise<string | undefined> {
  const found = await one<{ id: string }>(
    tx,
    `select id from edition
      where list_id = $1 and local_date = $2 and due_at = $3 and kind = 'morning'
        and case when $4 then state in ('skipped', 'cancelled')
                 else state in ('composing', 'ready', 'held', 'cancelled') or (state = 'skipped' and reason <> 'late') end
        for update skip locked`,
    [listId, localDate, dueAt, skipped !== undefined],
  );
  return found?.id;
}
