import { describe, expect, it } from '@jest/globals';
import type { Config } from '../config.js';
import { Tokens } from './tokens.js';

const tokens = (secret: string) => new Tokens({ SECRET: secret } as Config);
const old = `k1:${'o'.repeat(32)}`;
const current = `k2:${'n'.repeat(32)}`;

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
