import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainLine, shorten } from './plain-line.js';

const graphemes = (text: string) => [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length;

describe('plainLine', () => {
  it('makes one line of what has several, and drops what steers a terminal or a mail header', () => {
    expect(plainLine('  Iraq\r\nBcc: everyone@example.org\u0000 \t now ')).toBe('Iraq Bcc: everyone@example.org now');
  });

  it('drops what would turn round its neighbours, and half characters', () => {
    expect(plainLine('\u202Egpj.exe\u2066 \uD800\uFFFE')).toBe('gpj.exe \uFFFD');
  });

  it('keeps what belongs to a language: accents, joiners, no-break spaces', () => {
    expect(plainLine('Qui\u00A0? می\u200Cخواهم 👨‍👩‍👧')).toBe('Qui\u00A0? می\u200Cخواهم 👨‍👩‍👧');
  });
});

describe('shorten', () => {
  it('leaves alone what fits', () => expect(shorten('Two words', 9)).toBe('Two words'));
  it('cuts between words', () => expect(shorten('Parliament votes, late at night', 20)).toBe('Parliament votes…'));
  it('cuts inside a word where there is no better place', () =>
    expect(shorten('a'.repeat(30), 10)).toBe(`${'a'.repeat(9)}…`));
  it('counts what a reader sees as one character as one', () =>
    expect(shorten('👨‍👩‍👧'.repeat(5), 5)).toBe('👨‍👩‍👧'.repeat(5)));
  it('cuts no character in two', () => expect(shorten('👨‍👩‍👧'.repeat(6), 5)).toBe(`${'👨‍👩‍👧'.repeat(4)}…`));

  it('never exceeds its bound, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 2, max: 90 }), (text, max) => {
        expect(graphemes(shorten(plainLine(text), max))).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('is bounded in bytes too, for a letter with ten thousand accents', () => {
    expect(shorten(`a${'\u0301'.repeat(10_000)}`, 70).length).toBeLessThan(600);
  });
});
