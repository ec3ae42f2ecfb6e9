import type { Instant } from '../database/now.js';
import { wasAccepted, type SmtpOutcome } from '../mail/smtp-outcome.js';
import type { DeliveryState } from './delivery.js';
import { readCause, type Cause, type Refusal } from './read-cause.js';

/** What a reply means beyond its delivery; `ApplyEffect` does it. */
export type Effect =
  /** The reader: gone, full for too long, or refused by a server that does not say why. */
  | { kind: 'doubt reader'; cause: 'hard' | 'full' | 'unclear' }
  /** The reader or the domain: it depends on whom else the domain refuses so. */
  | { kind: 'doubt domain' }
  | { kind: 'slow domain' }
  | { kind: 'pause edition'; why: string };

/** What an attempt means for its delivery. `nextAt` goes with `queued`; `charged` says whether the attempt counts. */
export interface Verdict {
  state: Extract<DeliveryState, 'accepted' | 'refused' | 'unknown' | 'queued'>;
  reply: string | null;
  enhancedCode: string | null;
  reason: string | null;
  nextAt: Instant | null;
  charged: boolean;
  cause: Cause | null;
  effect: Effect | null;
}

const retryMinutes = [5, 15, 30, 60, 120];
const lineRetrySeconds = 30;
/** The pause of the channel itself (5 s, doubling) says when anybody tries again. */
const channelRetrySeconds = 5;

/**
 * Reads an outcome (docs/decisions/0101): a definite reply settles or retries, a line lost before the
 * final dot is sent again, one lost after it stays unknown. Trouble with our own relay never charges a reader's attempt.
 *
 * @param attempt 1 for the first
 * @param jitter 0 … 1, spread over up to a fifth of the pause
 */
export function judgeOutcome(outcome: SmtpOutcome, attempt: number, now: Instant, jitter: number): Verdict {
  const nothing = {
    reply: null,
    enhancedCode: null,
    reason: null,
    nextAt: null,
    charged: true,
    cause: null,
    effect: null,
  };
  switch (outcome.kind) {
    case 'reply': {
      const said = { ...nothing, reply: outcome.text, enhancedCode: outcome.enhancedCode };
      if (wasAccepted(outcome)) return { ...said, state: 'accepted' };
      return { ...said, ...judgeRefusal(outcome, now.add({ seconds: retrySeconds(attempt, jitter) })) };
    }
    case 'lost': {
      if (outcome.when === 'after the final dot')
        return { ...nothing, state: 'unknown', reason: `line lost after the final dot: ${outcome.detail}` };
      const nextAt = now.add({ seconds: attempt === 1 ? lineRetrySeconds : retrySeconds(attempt - 1, jitter) });
      return {
        ...nothing,
        state: 'queued',
        reason: `line lost ${outcome.when}: ${outcome.detail}`,
        nextAt,
        cause: 'line',
      };
    }
    case 'no session': {
      const nextAt = now.add({ seconds: channelRetrySeconds });
      const reason = `no session with the relay: ${outcome.detail}`;
      return { ...nothing, state: 'queued', reason, nextAt, charged: false, cause: 'transport' };
    }
    case 'not armed':
      throw new Error('A delivery that was not armed has no outcome to judge.');
  }
}

/** Whatever the digits. Once the sender's address is put right and the edition resumed, the reader is due. */
const mayBeTaken = new Set<Cause>(['sender', 'rate', 'busy']);

function judgeRefusal(refusal: Refusal, nextAt: Instant) {
  const cause = readCause(refusal);
  const again = refusal.code < 500 || mayBeTaken.has(cause);
  const state = again ? ('queued' as const) : ('refused' as const);
  const reason = cause === 'sender' ? 'the relay refuses the sender' : null;
  return {
    state,
    cause,
    reason,
    nextAt: again ? nextAt : null,
    charged: cause !== 'sender',
    effect: effectOf(cause, refusal),
  };
}

/** The same from what the ledger has kept of a refusal. */
export function effectOf(cause: Cause, { text }: Pick<Refusal, 'text'>): Effect | null {
  switch (cause) {
    case 'hard':
    case 'full':
    case 'unclear':
      return { kind: 'doubt reader', cause };
    case 'policy':
      return { kind: 'doubt domain' };
    case 'rate':
      return { kind: 'slow domain' };
    case 'letter':
      return { kind: 'pause edition', why: `the relay refuses the letter: ${text}` };
    case 'sender':
      return { kind: 'pause edition', why: `the relay refuses the sender: ${text}` };
    default:
      return null;
  }
}

function retrySeconds(attempt: number, jitter: number): number {
  const minutes = retryMinutes[Math.min(attempt, retryMinutes.length) - 1]!;
  return Math.round(minutes * 60 * (1 + jitter * 0.2));
}
