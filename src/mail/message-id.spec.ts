import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lintLetter } from '../../test/support/lint-letter.js';
import { buildRaw } from './build-raw.js';
import { messageId, messageIdAround } from './message-id.js';

const letter = {
  ...{ from: { name: 'Brief', address: 'brief@example.org' }, to: 'ana@example.org', subject: 'Hello' },
  ...{ html: '<p>hello</p>', text: 'hello', date: new Date(0), headers: {} },
};

describe('messageId', () => {
  it('names a letter by words', () =>
    expect(messageId('example.org', 'o34', 'address changed')).toBe('o34.address-changed@example.org'));

  it('makes an id that a letter may carry of any words', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), async (words) => {
        const raw = await buildRaw({ ...letter, messageId: messageId('example.org', ...words).slice(-200) });
        expect(lintLetter(raw)).toEqual([]);
      }),
    ));

  it('can be made by a statement around a number', () => {
    const [before, after] = messageIdAround('example.org', 'e1', 's');
    expect(`${before}17${after}`).toBe(messageId('example.org', 'e1', 's17'));
  });
});
