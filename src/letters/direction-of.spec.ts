import { describe, expect, it } from '@jest/globals';
import { directionOf } from './direction-of.js';

describe('directionOf', () => {
  it.each([
    ['Leaders agree', 'ltr'],
    ['CERN: إشارة واحدة من كاشفين', 'rtl'],
    ['The word كتاب means book', 'ltr'],
    ['שלום', 'rtl'],
    ['1986 – 2011', 'auto'],
  ])('reads %j as %s', (text, direction) => expect(directionOf(text)).toBe(direction));
});
