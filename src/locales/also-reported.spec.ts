import { describe, expect, it } from '@jest/globals';
import { alsoReported } from './also-reported.js';

describe('alsoReported', () => {
  it('names four publishers and counts the others', () => {
    expect(alsoReported('en', [])).toBe('');
    expect(alsoReported('en', ['A', 'B'])).toBe('Also reported by A, B');
    expect(alsoReported('fr', [...'ABCDE'])).toBe('Également rapporté par A, B, C, D et 1 autre');
    expect(alsoReported('es', [...'ABCDEF'])).toBe('También lo publican A, B, C, D y 2 más');
    expect(alsoReported('ar', ['الأفق', 'منبر'])).toBe('أوردته أيضًا الأفق، منبر');
  });

  it('keeps a name that runs the other way to itself', () => {
    expect(alsoReported('en', ['الأفق'])).toBe('Also reported by \u2068الأفق\u2069');
    expect(alsoReported('ar', ['North Wire'])).toContain('\u2068North Wire\u2069');
  });
});
