import type { ReplyPhase } from '../mail/smtp-outcome.js';
import { plainWords } from './plain-words.js';

/** A refusal by a mail server; `code` is 4xx or 5xx. */
export interface Refusal {
  phase: ReplyPhase;
  code: number;
  enhancedCode: string | null;
  text: string;
}

/** What a failure is about; the words of delivery.cause. */
export type Cause =
  | 'hard' // no such reader
  | 'full' // the reader's mailbox is full
  | 'unclear' // refused for good, and nobody says why
  | 'policy' // about us: blocked, spam
  | 'rate' // we send this domain too much at once
  | 'busy' // not now: greylisted, locked
  | 'slow' // the relay asks for fewer connections
  | 'letter' // the letter itself: its size, its form
  | 'sender' // the sender's address
  | 'utf8' // a local part that this relay cannot carry
  | 'line' // the line was lost before the final dot
  | 'transport'; // no session with the relay

/** Subject and detail of RFC 3463, by which most refusals are told apart. */
const permanent: Record<string, Cause> = {
  '1.1': 'hard',
  '1.2': 'hard',
  '1.3': 'hard',
  '1.6': 'hard',
  '1.10': 'hard',
  '2.1': 'hard',
  '2.2': 'full',
  '1.7': 'sender',
  '1.8': 'sender',
  '3.4': 'letter',
  '6.7': 'utf8',
};
const temporary: Record<string, Cause> = { '2.2': 'full', '3.1': 'slow', '5.3': 'slow', '7.28': 'rate' };

/** Said in spite of a code of 5xx by servers that count what they take in an hour or a day. */
const tooMany = /too many (?:recipients|messages|e?-?mails|connections|sessions)|\b(?:rate|hourly|daily) limit/i;
/** About one mailbox: others of its domain take letters. */
const notNow = /receiving (?:e?-?mail|messages) (?:at a rate|too (?:quickly|fast))|try (?:again )?later/i;
const unusualRate = /unusual rate/i;
const aboutSender =
  /\bsender\b.*(?:rejected|denied|refused|invalid|verif|not (?:accepted|allowed|permitted))|(?:bad|invalid|rejected|unknown) sender/i;
const aboutUs = /\b(?:blocked|blacklist|block ?list|spam|unsolicited)/i;

/** Why a server said no (docs/decisions/0101): the enhanced code first, then the three digits, then the text. */
export function readCause(refusal: Refusal): Cause {
  if (refusal.code === 421) return 'slow'; // in any phase: the server closes (RFC 5321 §3.8)
  const known = refusal.code >= 500 ? readPermanent(refusal) : readTemporary(refusal);
  if (known) return known;
  if (refusal.phase === 'sender') return 'sender';
  return refusal.code >= 500 ? 'unclear' : 'busy';
}

function readPermanent({ phase, code, enhancedCode, text }: Refusal): Cause | undefined {
  // A code of another class contradicts the digits, and x.0.0 says nothing: neither may cost a reader the subscription.
  const detail = detailOf(enhancedCode, '5');
  const known = permanent[detail];
  if (known && known !== 'hard') return known;
  if (detail.startsWith('6.') || code === 555) return 'letter';
  if (phase === 'sender') return 'sender';
  const words = plainWords(text);
  if (tooMany.test(words)) return 'rate';
  if (notNow.test(words)) return 'busy';
  if (known) return known;
  if (detail.startsWith('7.')) return 'policy';
  // Without a code it is one domain's opinion of us (a failed call-back, say): that stops no edition by itself.
  if (aboutSender.test(words)) return detail === '1.0' ? 'sender' : 'policy';
  return aboutUs.test(words) ? 'policy' : undefined;
}

function readTemporary({ enhancedCode, text }: Refusal): Cause | undefined {
  const known = temporary[detailOf(enhancedCode, '4')];
  if (known) return known;
  return unusualRate.test(plainWords(text)) ? 'rate' : undefined;
}

function detailOf(enhancedCode: string | null, kind: '4' | '5'): string {
  return enhancedCode?.startsWith(`${kind}.`) ? enhancedCode.slice(2) : 'none';
}
