import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../database/now.js';
import { sql, type Db } from '../database/sql.js';
import type { Claim } from './claim.js';
import type { Verdict } from './judge-outcome.js';

const pauseMs = 1_000;

/**
 * Writes what the server said, under the claim's token. Before the arm a verdict leaves `claimed`, after it `armed`, or
 * `unknown` if another worker took us for dead meanwhile. Idempotent.
 */
export async function settle(db: Db, { id, token }: Claim, verdict: Verdict, now: Instant): Promise<void> {
  const retry = verdict.state === 'queued';
  await sql(
    db,
    `update delivery set state = $3, reply = $4, enhanced_code = $5, reason = $6, next_at = coalesce($7, next_at),
            attempt = attempt - $8, settled_at = case when $9 then null else $10::timestamptz end,
            token = case when $9 then null else token end, worker = case when $9 then null else worker end, cause = $11
      where id = $1 and token = $2 and state in ('claimed', 'armed', 'unknown')`,
    [
      id,
      token,
      verdict.state,
      verdict.reply,
      verdict.enhancedCode,
      verdict.reason,
      verdict.nextAt,
      verdict.charged ? 0 : 1,
      retry,
      now,
      verdict.cause,
    ],
  );
}

/**
 * Writes an end for as long as it takes. If Postgres is away it keeps trying: an error at COMMIT does not mean that nothing
 * was committed, and what is written is idempotent. A row left as it is would stay in living hands for ever.
 */
export async function untilWritten(write: () => Promise<void>, say: (error: unknown) => void): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      say(error);
      await sleep(pauseMs);
    }
  }
}
