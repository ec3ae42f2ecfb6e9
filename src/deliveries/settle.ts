import type { Instant } from '../database/now.js';
import { column } from '../database/sql.js';
import type { Attempt } from './attempt.js';
import type { Verdict } from './judge-outcome.js';

/** What became of an attempt. */
export interface End {
  attempt: Attempt;
  verdict: Verdict;
}

/**
 * Writes what the server said. Before the arm a verdict leaves `queued`, if nobody has tried the row since it was read; after it `armed`, under its
 * token, or `unknown` if another worker took us for dead meanwhile (then it says so: `heard late`). Idempotent. $1: now, $8 …: see `settleValues`.
 */
export const settleStatement = `
  update delivery d
     set state = v.state, reply = v.reply, enhanced_code = v.enhanced_code, next_at = coalesce(v.next_at, d.next_at),
         attempt = v.number - case when v.charged then 0 else 1 end, cause = v.cause, effect_pending = v.effect_pending, tried_at = v.began_at,
         reason = case when d.state = 'unknown' and v.state <> 'unknown' then concat_ws(': ', 'heard late', v.reason) else v.reason end,
         settled_at = case when v.state <> 'queued' then $1::timestamptz end,
         token = case when v.state <> 'queued' then d.token end, worker = case when v.state <> 'queued' then d.worker end
    from unnest(${column(8, 'bigint')}, ${column(9, 'uuid')}, ${column(10, 'int')}, ${column(11, 'timestamptz')}, ${column(12, 'delivery_state')},
                ${column(13, 'text')}, ${column(14, 'text')}, ${column(15, 'text')}, ${column(16, 'timestamptz')}, ${column(17, 'boolean')},
                ${column(18, 'delivery_cause')}, ${column(19, 'boolean')})
         as v (id, token, number, began_at, state, reply, enhanced_code, reason, next_at, charged, cause, effect_pending)
   where d.id = v.id and (d.token = v.token and d.state in ('armed', 'unknown')
                          or d.state = 'queued' and d.attempt = v.number - 1 and v.state in ('queued', 'refused'))
  returning case when d.state = 'queued' or d.reason like 'heard late%' then open_slice(d) end`;

/** The parameters $8 … $19 of `settleStatement`, a column each. */
export const settleValues = (ends: End[]): unknown[][] => [
  ends.map(({ attempt }) => attempt.id),
  ends.map(({ attempt }) => attempt.token),
  ends.map(({ attempt }) => attempt.number),
  ends.map(({ attempt }) => attempt.beganAt.toString()),
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
