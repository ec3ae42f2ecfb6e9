import { unnest, type Column } from '../database/sql.js';
import type { Attempt } from './attempt.js';
import type { Verdict } from './judge-outcome.js';

/** What became of an attempt. */
export interface End {
  attempt: Attempt;
  verdict: Verdict;
}

export const settleColumns: Column<End>[] = [
  ['id', 'bigint', ({ attempt }) => attempt.id],
  ['token', 'uuid', ({ attempt }) => attempt.token],
  ['number', 'int', ({ attempt }) => attempt.number],
  ['began_at', 'timestamptz', ({ attempt }) => attempt.beganAt],
  ['state', 'delivery_state', ({ verdict }) => verdict.state],
  ['reply', 'text', ({ verdict }) => verdict.reply],
  ['enhanced_code', 'text', ({ verdict }) => verdict.enhancedCode],
  ['reason', 'text', ({ verdict }) => verdict.reason],
  ['next_at', 'timestamptz', ({ verdict }) => verdict.nextAt],
  ['charged', 'boolean', ({ verdict }) => verdict.charged],
  ['cause', 'delivery_cause', ({ verdict }) => verdict.cause],
  ['effect_pending', 'boolean', ({ verdict }) => verdict.effect !== null],
];

/**
 * Writes what the server said. Before the arm a verdict leaves `queued`, if nobody has tried the row since it was read; after it `armed`, under its
 * token, or `unknown` if another worker took us for dead meanwhile (then it says so: `heard late`). Idempotent. $1: now.
 * @param first number of the first of its other parameters: see `settleColumns`
 */
export const settleStatement = (first: number): string => `
  update delivery d
     set state = v.state, reply = v.reply, enhanced_code = v.enhanced_code, next_at = coalesce(v.next_at, d.next_at),
         attempt = v.number - case when v.charged then 0 else 1 end, cause = v.cause, effect_pending = v.effect_pending, tried_at = v.began_at,
         reason = case when d.state = 'unknown' and v.state <> 'unknown' then concat_ws(': ', 'heard late', v.reason) else v.reason end,
         settled_at = case when v.state <> 'queued' then $1::timestamptz end,
         token = case when v.state <> 'queued' then d.token end, worker = case when v.state <> 'queued' then d.worker end
    from ${unnest(settleColumns, first, 'v')}
   where d.id = v.id and (d.token = v.token and d.state in ('armed', 'unknown')
                          or d.state = 'queued' and d.attempt = v.number - 1 and v.state in ('queued', 'refused'))
  returning case when d.state = 'queued' or d.reason like 'heard late%' then open_slice(d) end`;
