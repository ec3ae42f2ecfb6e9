import { describe, expect, it } from '@jest/globals';
import { asksForLess, endsSession, readReply, wasAccepted, type ReplyPhase, type SmtpOutcome } from './smtp-outcome.js';

describe('readReply', () => {
  it.each([
    ['250 2.0.0 ok', 250, '2.0.0'],
    ['250-first\r\n250 2.0.0 second', 250, '2.0.0'],
    ['550-4.7.0 contradicts\r\n550 5.7.1 agrees', 550, '5.7.1'],
    ['450-5.7.0 contradicts\r\n450 4.2.1 agrees', 450, '4.2.1'],
    ['550 4.7.0 contradicts', 550, '4.7.0'],
    ['550 #5.1.0 address rejected', 550, '5.1.0'],
    ['550 5.1.1.20 is an address', 550, null],
    ['550 5.123.123', 550, '5.123.123'],
    ['550 3.1.1 is no class', 550, null],
    ['550', 550, null],
    ['', 0, null],
    ['hello 5.1.1', 0, null],
    ['hello 550 5.1.1 no', 0, null],
    ['250-first\r\n550 5.1.1 second', 250, '5.1.1'],
    ['550-\n550-\r550 5.1.1 last', 550, '5.1.1'],
  ])('%j', (text, code, enhancedCode) => expect(readReply('letter', text)).toMatchObject({ code, enhancedCode }));

  it('makes one line of many, without what a column cannot hold, and not without end', () => {
    const text = (reply: SmtpOutcome) => ('text' in reply ? reply.text : '');
    expect(text(readReply('letter', '550-a\r\n550 b\0\tc'))).toBe('550-a 550 b c');
    expect(text(readReply('letter', `550 ${'x'.repeat(5_000)}`))).toHaveLength(2_000);
  });
});

const phases: ReplyPhase[] = ['sender', 'recipient', 'data', 'letter'];
const lost = (when: 'before the letter' | 'in the letter' | 'after the final dot'): SmtpOutcome => ({
  ...{ kind: 'lost', when, detail: '' },
});
const noReply: SmtpOutcome[] = [{ kind: 'not armed' }, { kind: 'no session', detail: '' }];

describe('an outcome', () => {
  it('is an acceptance only if the letter itself was taken', () => {
    expect(phases.map((phase) => wasAccepted(readReply(phase, '250 ok')))).toEqual([false, false, false, true]);
    const codes = ['199', '200', '299', '300', '354'].map((code) => wasAccepted(readReply('letter', code)));
    expect(codes).toEqual([false, true, true, false, false]);
    expect([lost('after the final dot'), ...noReply].some(wasAccepted)).toBe(false);
  });

  it('asks for fewer connections by 421, 4.3.1 and 4.5.3, whatever it answered', () => {
    const asks = (text: string) => asksForLess(readReply('recipient', text));
    expect(['421 no', '452 4.3.1 no', '452 4.5.3 no'].map(asks)).toEqual([true, true, true]);
    expect(['450 no', '452 4.3.10 no', '452 4.2.2 no', '250 2.3.1'].map(asks)).toEqual([false, false, false, false]);
    expect([lost('before the letter'), ...noReply].some(asksForLess)).toBe(false);
  });

  it('ends a kept session without a word about the next one by 421 to MAIL, or a line lost before the letter', () => {
    expect(phases.map((phase) => endsSession(readReply(phase, '421 no')))).toEqual([true, false, false, false]);
    expect(endsSession(readReply('sender', '451 no'))).toBe(false);
    const lines = (['before the letter', 'in the letter', 'after the final dot'] as const).map(lost);
    expect(lines.map(endsSession)).toEqual([true, false, false]);
    expect(noReply.some(endsSession)).toBe(false);
  });
});
