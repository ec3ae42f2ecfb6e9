import { describe, expect, it } from '@jest/globals';
import { readReply, type ReplyPhase } from '../mail/smtp-outcome.js';
import { readCause, type Cause, type Refusal } from './read-cause.js';

const table: [ReplyPhase, string, Cause][] = [
  // the sender
  ['sender', '550 sender rejected', 'sender'],
  ['sender', '451 4.1.8 sender domain does not resolve', 'sender'],
  ['sender', '550 5.7.1 sender denied', 'sender'],
  ['recipient', '550 5.1.8 sender address has no MX', 'sender'],
  ['recipient', '553 5.1.7 bad sender address', 'sender'],
  // not now
  ['recipient', '450 4.2.1 busy', 'busy'],
  ['recipient', '451 4.7.1 greylisted', 'busy'],
  ['recipient', '450 try later', 'busy'],
  ['letter', '451 4.3.0 local error', 'busy'],
  ['recipient', '450 5.1.1 soft_bounce is on', 'busy'],
  // mailbox full
  ['recipient', '452 4.2.2 over quota', 'full'],
  ['recipient', '552 5.2.2 over quota', 'full'],
  ['letter', '552 5.2.2 over quota', 'full'],
  // slow down, whoever is asked
  ['sender', '421 4.3.2 shutting down', 'slow'],
  ['recipient', '421 too many connections', 'slow'],
  ['letter', '421 4.7.0 deferred', 'slow'],
  ['sender', '452 4.3.1 no space', 'slow'],
  ['recipient', '452 4.5.3 too many recipients', 'slow'],
  // no such reader
  ...['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1'].map((code): [ReplyPhase, string, Cause] => [
    'recipient',
    `550 ${code} no`,
    'hard',
  ]),
  ['letter', '550 5.1.1 no such user, said after the dot', 'hard'],
  ['recipient', '550 5.1.1 this user has blocked everybody', 'hard'],
  // about us
  ['recipient', '550 5.7.1 denied', 'policy'],
  ['letter', '554 5.7.26 unauthenticated mail', 'policy'],
  ['letter', '550 5.7.28 unusual rate of unsolicited mail', 'policy'],
  ['letter', '554 Message rejected as SPAM', 'policy'],
  ['recipient', '550 5.0.0 your address is blocked', 'policy'],
  ['recipient', '554 listed in a blocklist', 'policy'],
  // too fast
  ['recipient', '450 4.7.28 rate limited', 'rate'],
  ['letter', '450 an unusual rate of mail', 'rate'],
  // the letter
  ['letter', '554 5.6.0 malformed', 'letter'],
  ['letter', '552 5.3.4 too big', 'letter'],
  ['sender', '552 5.3.4 too big', 'letter'],
  ['sender', '555 5.5.4 unsupported parameter', 'letter'],
  ['recipient', '553 5.6.7 no SMTPUTF8', 'utf8'],
  // nobody says why
  ['recipient', '550 no', 'unclear'],
  ['recipient', '550 5.0.0 no', 'unclear'],
  ['recipient', '550 5.4.1 access denied', 'unclear'],
  ['recipient', '550 4.1.1 digits and code contradict each other', 'unclear'],
  ['data', '554 no valid recipients', 'unclear'],
];

describe('readCause', () => {
  it.each(table)('to the %s: %s → %s', (phase, line, cause) =>
    expect(readCause(readReply(phase, line) as unknown as Refusal)).toBe(cause),
  );
});
