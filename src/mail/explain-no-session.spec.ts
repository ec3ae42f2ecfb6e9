import { describe, expect, it } from '@jest/globals';
import { explainNoSession } from './explain-no-session.js';

const failed = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);

type Row = [what: string, error: unknown, sentence: RegExp, needsHands: boolean];
const each = (words: string[], errorOf: (word: string) => unknown, sentence: RegExp, needsHands: boolean): Row[] =>
  words.map((word) => [word, errorOf(word), sentence, needsHands]);
const byCode = (code: string) => failed('no', { code });
const inHandshake = (message: string) => failed(message, { code: 'ETLS' });

describe('explainNoSession', () => {
  it.each<Row>([
    ['nobody listens', failed('connect ECONNREFUSED 127.0.0.1:1', { code: 'ESOCKET' }), /nobody listens/, false],
    ['no such name', failed('getaddrinfo ENOTFOUND relay', { code: 'EDNS' }), /name of the relay/, false],
    ['silence', failed('Greeting never received', { code: 'ETIMEDOUT' }), /in time/, false],
    ['a greeting of 554', failed('Invalid greeting', { code: 'EPROTOCOL', responseCode: 554 }), /answers 554/, false],
    ['a password', failed('Invalid login: 535 5.7.8 no', { code: 'EAUTH', responseCode: 535 }), /password/, true],
    ['an account', failed('Invalid login: 530 5.7.0 no', { code: 'EAUTH', responseCode: 530 }), /password/, true],
    ['a weak method', failed('Invalid login: 534 5.7.9 no', { code: 'EAUTH', responseCode: 534 }), /password/, true],
    ['no method that both know', failed('Unknown authentication method', { code: 'EAUTH' }), /password/, true],
    ['busy at AUTH', failed('Invalid login: 454 4.7.0', { code: 'EAUTH', responseCode: 454 }), /answers 454/, false],
    ['AUTH unknown', failed('Invalid login: 502 5.5.1', { code: 'EAUTH', responseCode: 502 }), /answers 502/, false],
    [
      'no TLS for now',
      failed('Error upgrading connection with STARTTLS: 454 4.7.0 certificate', { code: 'ETLS', responseCode: 454 }),
      /answers 454/,
      false,
    ],
    ...each(['CERT_NOT_YET_VALID', 'SELF_SIGNED', 'UNABLE_TO_VERIFY', 'ALTNAME_INVALID'], byCode, /certificate/, true),
    ['a certificate in other words', failed('Certificate unknown'), /certificate/, true],
    ...each(['ENOTFOUND', 'EDNS', 'EAI_AGAIN'], byCode, /name of the relay/, false),
    ...each(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'], byCode, /nobody listens/, false),
    ...each(['ETIMEDOUT', 'Timeout', 'no greeting'], (message) => failed(message), /in time/, false),
    ...each(['read ECONNRESET', 'connection Closed'], inHandshake, /ends the line/, false),
    ...each(['ETIMEDOUT', 'timeout'], inHandshake, /in time/, false),
    ['500 to the greeting', failed('Invalid greeting', { responseCode: 500 }), /answers 500/, false],
    ['500 to STARTTLS', failed('Error upgrading', { code: 'ETLS', responseCode: 500 }), /no TLS/, true],
    ['nothing at all', undefined, /ends the line/, false],
    ['a line closed in the handshake', failed('Connection closed', { code: 'ETLS' }), /ends the line/, false],
    ['a certificate', failed('certificate has expired', { code: 'CERT_HAS_EXPIRED' }), /certificate/, true],
    ['self-signed', failed('self-signed certificate', { code: 'ESOCKET' }), /certificate/, true],
    ['STARTTLS stripped', failed('Error upgrading connection with STARTTLS', { code: 'ETLS' }), /no TLS/, true],
    ['a closed line', failed('Connection closed', { code: 'ECONNECTION' }), /ends the line/, false],
  ])('%s', (_what, error, sentence, needsHands) => {
    const explained = explainNoSession(error, 'SMTP_URL');
    expect(explained.sentence).toMatch(sentence);
    expect(explained.needsHands).toBe(needsHands);
  });

  it('names the setting to correct', () => {
    for (const setting of ['SMTP_URL', 'CHANNELS_FILE'] as const)
      expect(explainNoSession({ code: 'EAUTH' }, setting).sentence).toContain(setting);
  });
});
