import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Config } from '../config.js';
import { Tokens } from './tokens.js';

const tokens = (secret: string) => new Tokens({ SECRET: secret } as Config);
const old = `k1:${'o'.repeat(32)}`;
const current = `k2:${'n'.repeat(32)}`;
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64url');

describe('Tokens', () => {
  const token = tokens(current).sign('unsubscribe', '42');

  it('reads what it signed, for the same purpose only', () => {
    expect(tokens(current).read('unsubscribe', token)).toBe('42');
    expect(tokens(current).read('confirm', token)).toBeNull();
    expect(tokens(current).read('preferences', token)).toBeNull();
  });

  it('reads what an older key signed, signs with the first, and knows no other', () => {
    const before = tokens(old).sign('unsubscribe', '42');
    expect(tokens(`${current},${old}`).read('unsubscribe', before)).toBe('42');
    expect(tokens(`${current},${old}`).sign('unsubscribe', '42')).toBe(token);
    expect(tokens(current).read('unsubscribe', before)).toBeNull();
  });

  it('keeps the form of links in letters that went out long ago', () => {
    expect(token).toBe(`k2.42.${hmac('n'.repeat(32), 'unsubscribe\nk2\n42')}`);
  });

  it('takes all behind the first colon of a pair for the key', () => {
    expect(tokens('k3:a:b').sign('form', '1')).toBe(`k3.1.${hmac('a:b', 'form\nk3\n1')}`);
  });

  it('reads tokens of up to 200 characters', () => {
    const long = (length: number) => tokens(current).sign('data', 'x'.repeat(length - 'k2..'.length - 43));
    expect(long(200)).toHaveLength(200);
    expect(tokens(current).read('data', long(200))).toHaveLength(153);
    expect(tokens(current).read('data', long(201))).toBeNull();
    expect(tokens(current).read('data', `${long(200)}x`)).toBe(tokens(current).read('data', long(200)));
  });

  it('reads no payload where none was signed', () =>
    expect(tokens(current).read('data', tokens(current).sign('data', ''))).toBeNull());

  it('makes one digest of a text with each key, the first one first', () => {
    expect(tokens(`${current},${old}`).digests('erased', 'a text')).toEqual([
      hmac('n'.repeat(32), 'erased\nk2\na text'),
      hmac('o'.repeat(32), 'erased\nk1\na text'),
    ]);
  });

  it('refuses the token with any one bit flipped', () => {
    const bytes = Buffer.from(token);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3]! ^= 1 << (bit & 7);
      expect(tokens(current).read('unsubscribe', altered.toString('latin1'))).toBeNull();
    }
  });

  it.each(['', '.', '..', '...', 'k2.42', 'k2.42.', `${token}.`, `x.${token}`, 'k2.42.\u0000', 'a'.repeat(10_000)])(
    'refuses %j',
    (text) => expect(tokens(current).read('unsubscribe', text)).toBeNull(),
  );
});
