import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReply, type ReplyPhase } from '../mail/smtp-outcome.js';
import { readCause, type Cause, type Refusal } from './read-cause.js';

/** One row for each text. */
const each = (lines: string[], cause: Cause): [ReplyPhase, string, Cause][] =>
  lines.map((line) => ['recipient', line, cause]);

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
  ['recipient', '500 5.1.1 no', 'hard'],
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
  // all lines count, and every way of writing a code
  ['letter', '554-Your message was not delivered.\n554-\n554 It was blocked by our policy.', 'policy'],
  ['letter', '550-Sorry:\n550-5.1.1 no such user\n550 5.1.1 see our pages', 'hard'],
  ['letter', '550-4.7.0 first\n550 5.7.1 then', 'policy'],
  ['recipient', '550 #5.1.1 no such user', 'hard'],
  ['recipient', '550 5.1.1.20 is listed as an address', 'unclear'],
  ['letter', `550-${'nothing to see here '.repeat(40)}\n550 5.0.0 it is spam`, 'policy'],
  // a server that counts says 5xx as well
  ['recipient', '550 5.1.1 too many recipients this hour', 'rate'],
  ['recipient', '550 too many messages today', 'rate'],
  ['letter', '554 5.7.1 hourly limit reached', 'rate'],
  ['recipient', '550 5.2.1 this user is receiving mail at a rate that prevents more', 'busy'],
  ['recipient', '550 5.1.1 try again later', 'busy'],
  ['recipient', '550 5.2.2 too many messages in the mailbox', 'full'],
  ...each(
    [
      ...['recipients', 'Messages', 'mails', 'emails', 'e-mails', 'connections', 'sessions'].map(
        (w) => `550 Too many ${w}`,
      ),
      ...['rate', 'hourly', 'Daily'].map((word) => `550 ${word} limit reached`),
    ],
    'rate',
  ),
  ...each(
    [
      ...['email', 'e-mail', 'mail', 'Messages'].map((word) => `550 5.2.1 Receiving ${word} too fast`),
      ...['at a rate', 'too quickly', 'too fast'].map((words) => `550 receiving mail ${words}`),
      ...['550 Try later', '550 try again later'],
    ],
    'busy',
  ),
  ...each(['450 Unusual rate'], 'rate'),
  ...each(['550 corporate limit', '550 too many hops', '550 receiving mail is not done here', '500 no'], 'unclear'),
  // the sender, said to the recipient
  ...each(
    [
      ...['rejected', 'Denied', 'refused', 'is invalid', 'cannot be verified', 'verification failed'].map(
        (w) => `550 Sender ${w}`,
      ),
      ...['accepted', 'allowed', 'permitted'].map((word) => `550 the sender is not ${word}`),
      ...['bad', 'Invalid', 'rejected', 'unknown'].map((word) => `550 ${word} sender`),
    ].map((line) => line.replace('550', '550 5.1.0')),
    'sender',
  ),
  ...each(['550 5.1.0 senders are rejected', '550 5.1.0 resender rejected', '550 5.1.0 not by this sender'], 'unclear'),
  ...each(
    ['550 Blocked', '550 on a blacklist', '550 a block list', '550 BLOCKLIST', '550 Spam', '550 unsolicited'],
    'policy',
  ),
  ...each(['550 unblocked antispam'], 'unclear'),
  ['recipient', '550 5.1.0 sender rejected', 'sender'],
  ['recipient', '550 Sender verify failed', 'policy'],
  ['recipient', '550 5.1.0 bad sender', 'sender'],
  ['recipient', '550 5.1.0 address rejected', 'unclear'],
  ['recipient', '550 5.1.1 the sender is unknown to this user', 'hard'],
  ['recipient', '550 5.7.1 sender denied', 'policy'],
  // what only names something
  ['recipient', '550 <ana+spam@example.org>: user unknown', 'unclear'],
  ['recipient', '550 user unknown: "too many messages"@example.org', 'unclear'],
  ['letter', '550 see https://blocklist.example/spam?blocked', 'unclear'],
  ['letter', '550 mx1.blocked.example does not take it', 'unclear'],
  ...each(
    [
      ...[
        '550 <a@b.example> <spam>',
        '550 spam@a.example and blocked@b.example',
        '550 spam.a.example, blocked.b.example',
      ],
      ...['550 see HTTP://blocked/ or http://spam/'],
    ],
    'unclear',
  ),
  ...each(['550 not<a@b.example>blocked'], 'policy'),
  ['letter', '550 It was blocked.Please write to us', 'policy'],
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

describe('an address, a host name or a URL in a reply', () => {
  const word = fc.constantFrom(
    ...['spam', 'blocked', 'blacklist', 'block-list', 'unsolicited', 'sender-rejected', 'bad.sender', 'Spam'],
    ...['too.many.recipients', 'rate-limit', 'try.later', 'unusual-rate'],
  );
  const part = fc.oneof(word, fc.constantFrom('ana', 'news', 'mx1'));
  const joined = fc
    .array(part, { minLength: 1, maxLength: 3 })
    .chain((parts) => fc.constantFrom('.', '-', '_').map((dot) => parts.join(dot)));
  const host = fc.tuple(joined, fc.constantFrom('example', 'org', 'EXAMPLE', 'xn--p1ai')).map((two) => two.join('.'));
  const local = fc
    .tuple(joined, fc.constantFrom('', '+spam', '+blocked', '=blocked', '/unsolicited'))
    .map((two) => two.join(''));
  const mailbox = fc.oneof(
    fc.tuple(local, host).map(([name, domain]) => `${name}@${domain}`),
    host.map((domain) => `"too many messages, blocked"@${domain}`),
  );
  const name = fc.oneof(
    mailbox,
    mailbox.map((address) => `<${address}>`),
    host,
    fc.tuple(host, joined).map(([domain, path]) => `${domain}/${path}`),
    fc.tuple(host, joined).map(([domain, path]) => `https://${domain}/${path}?why=spam&blocked`),
  );
  const before = fc.constantFrom('', '5.1.1 ', '5.1.0 ', '5.7.1 ', '5.2.1 ', '5.2.2 ', '4.7.0 ', '4.2.2 ', '5.0.0 ');
  const after = fc.constantFrom(': user unknown', ' is blocked', ', try again later', ' no', ': sender rejected', '');
  const phase = fc.constantFrom<ReplyPhase>('sender', 'recipient', 'data', 'letter');
  const cause = (asked: ReplyPhase, line: string) => readCause(readReply(asked, line) as unknown as Refusal);

  it('changes nothing about what the reply means', () =>
    fc.assert(
      fc.property(
        phase,
        fc.constantFrom('450', '550', '554'),
        before,
        name,
        after,
        (asked, digits, code, named, rest) => {
          const line = (what: string) => `${digits} ${code}the one called ${what}${rest}`;
          expect(cause(asked, line(named))).toBe(cause(asked, line('<reader@mail.example>')));
          expect(cause(asked, `${digits}-${code}first\n${line(named)}`)).toBe(
            cause(asked, line('reader@mail.example')),
          );
        },
      ),
      { numRuns: 2_000 },
    ));
});
