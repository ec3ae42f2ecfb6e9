import type { Instant } from '../database/now.js';
import { column } from '../database/sql.js';
import type { Attempt } from './attempt.js';
import type { Verdict } from './judge-outcome.js';

/** What became of an attempt. */
export interface End {
  attempt: Attempt;
  verdict: Verdict;
}

/** Of `settleValues`. */
const columnTypes = [
  'bigint',
  'uuid',
  'int',
  'timestamptz',
  'delivery_state',
  'text',
  'text',
  'text',
  'timestamptz',
  'boolean',
  'delivery_cause',
  'boolean',
];

/**
 * Writes what the server said. Before the arm a verdict leaves `queued`, if nobody has tried the row since it was read; after it `armed`, under its
 * token, or `unknown` if another worker took us for dead meanwhile (then it says so: `heard late`). Idempotent. $1: now.
 * @param first number of the first of its other parameters: see `settleValues`
 */
export const settleStatement = (first: number): string => `
  update delivery d
     set state = v.state, reply = v.reply, enhanced_code = v.enhanced_code, next_at = coalesce(v.next_at, d.next_at),
         attempt = v.number - case when v.charged then 0 else 1 end, cause = v.cause, effect_pending = v.effect_pending, tried_at = v.began_at,
         reason = case when d.state = 'unknown' and v.state <> 'unknown' then concat_ws(': ', 'heard late', v.reason) else v.reason end,
         settled_at = case when v.state <> 'queued' then $1::timestamptz end,
         token = case when v.state <> 'queued' then d.token end, worker = case when v.state <> 'queued' then d.worker end
    from unnest(${columns(first).join(', ')})
         as v (id, token, number, began_at, state, reply, enhanced_code, reason, next_at, charged, cause, effect_pending)
   where d.id = v.id and (d.token = v.token and d.state in ('armed', 'unknown')
                          or d.state = 'queued' and d.attempt = v.number - 1 and v.state in ('queued', 'refused'))
  returning case when d.state = 'queued' or d.reason like 'heard late%' then open_slice(d) end`;

const columns = (first: number): string[] => columnTypes.map((type, n) => column(first + n, type));

/** The parameters of `settleStatement` from its `first` on, a column each. */
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
