import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lines, line } from './field.js';
import { isVisible } from './visible.js';

/** Nothing of these is seen: spaces, zero-width characters, joiners, marks of direction, fillers, variation selectors. */
const unseen = [
  ' ',
  '\u00a0',
  '\u00ad',
  '\u034f',
  '\u061c',
  '\u115f',
  '\u180e',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u200e',
  '\u2060',
  '\u2800',
  '\u3000',
  '\u3164',
  '\ufe0f',
  '\u{e0100}',
];
const nothing = fc.array(fc.constantFrom(...unseen), { minLength: 1, maxLength: 20 }).map((all) => all.join(''));

describe('a text of which nothing is seen', () => {
  it('is no line and no lines, however it is made', () =>
    fc.assert(
      fc.property(nothing, (text) => {
        expect(isVisible(text)).toBe(false);
        expect(line(100).min(1).safeParse(text).success).toBe(false);
        expect(['', undefined]).toContain(lines(100).safeParse(text).data); // trimmed to nothing, or refused
      }),
    ));

  it('is no harm within one that is seen', () => {
    for (const text of ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', 'co\u00adop', '\u2764\ufe0f', 'a'])
      expect(line(100).min(1).parse(text)).toBe(text);
    expect(line(100).parse('')).toBe('');
  });
});
