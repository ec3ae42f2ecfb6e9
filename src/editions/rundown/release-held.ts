import { sql, type Db } from '../../database/sql.js';

/** `held → composing`: what held an issue's editions may stand no longer; composing them looks again. */
export async function releaseHeld(db: Db, issueId: string): Promise<void> {
  await sql(
    db,
    `update edition set state = 'composing', reason = null where issue_id = $1 and kind = 'morning' and state = 'held'`,
    [issueId],
  );
}
