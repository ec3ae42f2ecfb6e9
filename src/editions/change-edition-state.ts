import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { statesBefore, transitions, type EditionState } from './edition.js';

export type StateChanged =
  { kind: 'changed' } | { kind: 'unknown' } | { kind: 'refused'; from: EditionState; allowed: EditionState[] };

/** Pauses, resumes and cancels editions. One row changes; arm reads it before every letter, so it holds at once and everywhere. */
@Injectable()
export class ChangeEditionState {
  constructor(private readonly db: DataSource) {}

  async run(editionId: string, to: 'paused' | 'sending' | 'cancelled', now: Instant): Promise<StateChanged> {
    const from = to === 'sending' ? ['paused' as const] : statesBefore(to);
    if (await moveEdition(this.db, editionId, from, to, now)) return { kind: 'changed' };
    const found = await one<{ state: EditionState }>(this.db, `select state from edition where id = $1`, [editionId]);
    return found
      ? { kind: 'refused', from: found.state, allowed: transitions[found.state].filter((state) => state !== to) }
      : { kind: 'unknown' };
  }
}

/** One conditional UPDATE that names the states it leaves. False: the edition was in none of them. */
export async function moveEdition(
  db: Db,
  editionId: string,
  from: EditionState[],
  to: EditionState,
  now: Instant,
): Promise<boolean> {
  const ends = to === 'done' || to === 'cancelled';
  const rows = await sql(
    db,
    `update edition set state = $3, finished_at = case when $4 then $5::timestamptz end,
            reason = case when state = 'paused' and $3 = 'sending' then null else reason end,
            resumed_at = case when state = 'paused' and $3 = 'sending' then $5 else resumed_at end
      where id = $1 and state = any($2) returning id`,
    [editionId, from, to, ends, now],
  );
  return rows.length > 0;
}

/** `sending → paused`, with a reason an admin reads. False: it was not sending. */
export async function stopEdition(db: Db, editionId: string, reason: string): Promise<boolean> {
  const rows = await sql(
    db,
    `update edition set state = 'paused', reason = $2 where id = $1 and state = 'sending' returning id`,
    [editionId, reason.slice(0, 500)],
  );
  return rows.length > 0;
}

/** `done → sending`: something of it is to be sent once more. */
export async function reopenEditions(db: Db, editionIds: string[]): Promise<void> {
  await sql(db, `update edition set state = 'sending', finished_at = null where id = any($1) and state = 'done'`, [
    editionIds,
  ]);
}
