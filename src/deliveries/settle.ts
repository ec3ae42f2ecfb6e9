import type { Instant } from '../database/now.js';
import type { Claim } from './claim.js';
import type { Verdict } from './judge-outcome.js';

/** What became of a claim. */
export interface End {
  claim: Claim;
  verdict: Verdict;
}

/**
 * Writes what the server said, each under its claim's token. Before the arm a verdict leaves `claimed`, after it `armed`,
 * or `unknown` if another worker took us for dead meanwhile. Idempotent. $3: now, $4 …: see `settleValues`.
 */
export const settleStatement = `
  update delivery d
     set state = v.state, reply = v.reply, enhanced_code = v.enhanced_code, reason = v.reason, next_at = coalesce(v.next_at, d.next_at),
         attempt = d.attempt - case when v.charged then 0 else 1 end, cause = v.cause, effect_pending = v.effect_pending,
         settled_at = case when v.state <> 'queued' then $3::timestamptz end,
         token = case when v.state <> 'queued' then d.token end, worker = case when v.state <> 'queued' then d.worker end
    from unnest($4::bigint[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[], $11::boolean[], $12::text[], $13::boolean[])
         as v (id, token, state, reply, enhanced_code, reason, next_at, charged, cause, effect_pending)
   where d.id = v.id and d.token = v.token and d.state in ('claimed', 'armed', 'unknown')`;

/** The parameters $4 … $13 of `settleStatement`, a column each. */
export const settleValues = (ends: End[]): unknown[][] => [
  ends.map(({ claim }) => claim.id),
  ends.map(({ claim }) => claim.token),
  ends.map(({ verdict }) => verdict.state),
  ends.map(({ verdict }) => verdict.reply),
  ends.map(({ verdict }) => verdict.enhancedCode),
  ends.map(({ verdict }) => verdict.reason),
  ends.map(({ verdict }) => text(verdict.nextAt)),
  ends.map(({ verdict }) => verdict.charged),
  ends.map(({ verdict }) => verdict.cause),
  ends.map(({ verdict }) => verdict.effect !== null),
];

const text = (instant: Instant | null): string | null => instant && instant.toString();
