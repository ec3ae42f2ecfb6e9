import { describe, expect, it } from '@jest/globals';
import { readReply, type SmtpOutcome } from '../mail/smtp-outcome.js';
import { judgeOutcome } from './judge-outcome.js';

const now = Temporal.Instant.from('2026-11-24T06:00:00Z');
const judge = (outcome: SmtpOutcome, attempt = 1, jitter = 0) => {
  const { state, nextAt, charged, effect } = judgeOutcome(outcome, attempt, now, jitter);
  return [state, nextAt ? nextAt.since(now).total('seconds') : null, charged, effect?.kind ?? null];
};
const lost = (when: 'before the letter' | 'in the letter' | 'after the final dot'): SmtpOutcome => ({
  kind: 'lost',
  when,
  detail: 'reset',
});

describe('judgeOutcome', () => {
  it.each<[string, SmtpOutcome, unknown[]]>([
    ['250 after the dot', readReply('letter', '250 2.0.0 queued'), ['accepted', null, true, null]],
    ['no such reader', readReply('recipient', '550 5.1.1 no such user'), ['refused', null, true, 'doubt reader']],
    ['full, for good', readReply('recipient', '552 5.2.2 full'), ['refused', null, true, 'doubt reader']],
    ['full, for now', readReply('recipient', '452 4.2.2 full'), ['queued', 300, true, 'doubt reader']],
    ['5xx without a word', readReply('recipient', '550 no'), ['refused', null, true, 'doubt reader']],
    ['about us', readReply('recipient', '550 5.7.1 denied'), ['refused', null, true, 'doubt domain']],
    ['spam, after the dot', readReply('letter', '554 spam'), ['refused', null, true, 'doubt domain']],
    ['too fast', readReply('recipient', '450 4.7.28 rate'), ['queued', 300, true, 'slow domain']],
    [
      'too many, with 5xx',
      readReply('recipient', '550 5.1.1 too many recipients this hour'),
      ['queued', 300, true, 'slow domain'],
    ],
    [
      'too often for one mailbox',
      readReply('recipient', '550 5.2.1 receiving mail too quickly'),
      ['queued', 300, true, null],
    ],
    ['greylisted', readReply('recipient', '451 4.7.1 greylisted'), ['queued', 300, true, null]],
    ['relay full', readReply('letter', '452 4.3.1 disk full'), ['queued', 300, true, null]],
    ['421 to RCPT', readReply('recipient', '421 closing'), ['queued', 300, true, null]],
    ['a bad letter', readReply('letter', '554 5.6.0 bad letter'), ['refused', null, true, 'pause edition']],
    ['a letter too big', readReply('sender', '552 5.3.4 too big'), ['refused', null, true, 'pause edition']],
    ['no SMTPUTF8', readReply('recipient', '553 5.6.7 no SMTPUTF8'), ['refused', null, true, null]],
    ['the sender', readReply('sender', '550 5.7.1 sender denied'), ['queued', 300, false, 'pause edition']],
    ['the sender, for now', readReply('sender', '451 sender'), ['queued', 300, false, 'pause edition']],
    ['line lost before 354', lost('before the letter'), ['queued', 30, true, null]],
    ['line lost in the body', lost('in the letter'), ['queued', 30, true, null]],
    ['line lost after the dot', lost('after the final dot'), ['unknown', null, true, null]],
    ['no session', { kind: 'no session', detail: 'ECONNREFUSED' }, ['queued', 5, false, null]],
  ])('%s', (_what, outcome, expected) => expect(judge(outcome)).toEqual(expected));

  it('waits longer each time, with jitter of up to a fifth', () => {
    const busy = readReply('recipient', '450 4.2.1 busy');
    expect([1, 2, 3, 4, 5, 9].map((attempt) => judge(busy, attempt)[1])).toEqual([300, 900, 1800, 3600, 7200, 7200]);
    expect(judge(busy, 1, 1)[1]).toBe(360);
    expect([1, 2, 3].map((attempt) => judge(lost('in the letter'), attempt)[1])).toEqual([30, 300, 900]);
  });

  it('says what the attempt was about, and why, in words for an admin', () => {
    const said = (outcome: SmtpOutcome) => {
      const { reply, enhancedCode, reason, cause } = judgeOutcome(outcome, 1, now, 0);
      return { reply, enhancedCode, reason, cause };
    };
    const nothing = { reply: null, enhancedCode: null };
    expect(said(lost('after the final dot'))).toEqual({
      ...{ ...nothing, reason: 'line lost after the final dot: reset', cause: null },
    });
    expect(said(lost('in the letter'))).toEqual({
      ...{ ...nothing, reason: 'line lost in the letter: reset', cause: 'line' },
    });
    expect(said({ kind: 'no session', detail: 'nobody listens' })).toEqual({
      ...{ ...nothing, reason: 'no session with the relay: nobody listens', cause: 'transport' },
    });
    expect(said(readReply('letter', '250 2.0.0 ok'))).toEqual({
      ...{ reply: '250 2.0.0 ok', enhancedCode: '2.0.0', reason: null, cause: null },
    });
    expect(said(readReply('recipient', '550 5.1.1 no'))).toEqual({
      ...{ reply: '550 5.1.1 no', enhancedCode: '5.1.1', reason: null, cause: 'hard' },
    });
    expect(said(readReply('sender', '550 no'))).toEqual({
      ...{ reply: '550 no', enhancedCode: null, reason: 'the relay refuses the sender', cause: 'sender' },
    });
  });

  it('takes 500 for good and 499 not', () =>
    expect(['499', '500'].map((code) => judge(readReply('recipient', code))[0])).toEqual(['queued', 'refused']));

  it('has nothing to say about what was not armed', () =>
    expect(() => judge({ kind: 'not armed' })).toThrow('was not armed'));

  it('tells an admin why an edition stops', () => {
    const { effect } = judgeOutcome(readReply('letter', '554 5.6.0 bad form'), 1, now, 0);
    expect(effect).toEqual({ kind: 'pause edition', why: 'the relay refuses the letter: 554 5.6.0 bad form' });
    const sender = judgeOutcome(readReply('sender', '550 who'), 1, now, 0).effect;
    expect(sender).toEqual({ kind: 'pause edition', why: 'the relay refuses the sender: 550 who' });
  });
});
