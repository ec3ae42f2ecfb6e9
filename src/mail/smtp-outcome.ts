/** How far a letter had come when its line was lost (RFC 5321 §3.3). Only the last of them leaves room for doubt. */
export type LostWhen = 'before the letter' | 'in the letter' | 'after the final dot';

/** Which command a reply answered. */
export type ReplyPhase = 'sender' | 'recipient' | 'data' | 'letter';

/** What is known after one attempt to hand one letter to the relay. */
export type SmtpOutcome =
  /** The relay answered; 2xx to phase `letter` means accepted. `enhancedCode` by RFC 3463, null if the reply has none. */
  | { kind: 'reply'; phase: ReplyPhase; code: number; enhancedCode: string | null; text: string }
  /** The caller's `arm` said no: not a byte of the letter was sent. */
  | { kind: 'not armed' }
  | { kind: 'lost'; when: LostWhen; detail: string }
  /** No session could be had (DNS, connection, TLS, authentication): nothing that concerns the reader. */
  | { kind: 'no session'; detail: string };

const longestText = 2_000;

/**
 * Reads `250 2.0.0 ok` and its kind. All lines of a reply count: they become one, and the enhanced code is the first
 * that agrees with the three digits. What no text column holds (NUL) goes.
 */
export function readReply(phase: ReplyPhase, text: string): SmtpOutcome {
  const lines = text.split(/[\r\n]+/).map(readLine);
  const code = lines[0]!.code;
  const enhancedCodes = lines.flatMap(({ enhancedCode }) => enhancedCode ?? []);
  const enhancedCode = enhancedCodes.find((one) => one[0] === code[0]) ?? enhancedCodes[0] ?? null;
  const said = text.replace(/\p{Cc}+/gu, ' ').slice(0, longestText);
  return { kind: 'reply', phase, code: Number(code), enhancedCode, text: said };
}

/** `#5.1.0` is how some write it; `5.1.1.20` is an address on the internet. */
function readLine(line: string): { code: string; enhancedCode: string | undefined } {
  const [, code = '0', enhancedCode] = /^(\d{3})(?:[ -]+#?([245]\.\d{1,3}\.\d{1,3})(?![.\d]*\d))?/.exec(line) ?? [];
  return { code, enhancedCode };
}

export const wasAccepted = (outcome: SmtpOutcome): boolean =>
  outcome.kind === 'reply' && outcome.phase === 'letter' && outcome.code >= 200 && outcome.code < 300;

/** The relay wants fewer connections (RFC 5321 §3.8; RFC 3463, x.3.1 and x.5.3). */
export const asksForLess = (outcome: SmtpOutcome): boolean =>
  outcome.kind === 'reply' &&
  (outcome.code === 421 || outcome.enhancedCode === '4.3.1' || outcome.enhancedCode === '4.5.3');

/**
 * A kept-open session was over before this letter: the relay closed it while it lay idle, or says 421 to MAIL because it counts the letters
 * of each session. Neither says anything about the next session.
 */
export const endsSession = (outcome: SmtpOutcome): boolean =>
  outcome.kind === 'lost'
    ? outcome.when === 'before the letter'
    : outcome.kind === 'reply' && outcome.phase === 'sender' && outcome.code === 421;
