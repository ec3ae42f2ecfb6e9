import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coloursOf, contrastOf, house, leastContrast, plain } from './brand.js';

describe('the colours of a list', () => {
  it('are the house’s where it has none', () => expect(coloursOf(plain)).toEqual(house));

  it('can be read: the house’s own', () => {
    expect(contrastOf(house.accent, 'light')).toBeGreaterThanOrEqual(leastContrast);
    expect(contrastOf(house.accentDark, 'dark')).toBeGreaterThanOrEqual(leastContrast);
  });

  it.each([
    ['#000000', 'light', 17.85],
    ['#ffffff', 'light', 1],
    ['#777777', 'light', 3.81],
    ['#ffffff', 'dark', 16.77],
  ] as const)('%s on %s grounds has %f', (colour, mode, expected) =>
    expect(contrastOf(colour, mode)).toBeCloseTo(expected, 1),
  );

  it('are lightened for the dark until they can be read, whatever they are', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const accent = `#${number.toString(16).padStart(6, '0')}`;
        const { accentDark } = coloursOf({ ...plain, accent });
        expect(contrastOf(accentDark, 'dark')).toBeGreaterThanOrEqual(leastContrast);
      }),
    ));
});
