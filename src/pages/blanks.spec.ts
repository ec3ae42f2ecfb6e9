import { describe, expect, it } from '@jest/globals';
import { Liquid } from 'liquidjs';
import fc from 'fast-check';
import { blank, fillBlanks, splitAtBlanks } from './blanks.js';

describe('a page with blanks', () => {
  it('is, filled in, what the view would have made of the texts', () => {
    const liquid = new Liquid({ outputEscape: 'escape' });
    const view = liquid.parse('<p title="{{ a }}">{{ b }}</p>{{ a }}');
    const pieces = splitAtBlanks(String(liquid.renderSync(view, { a: blank('a'), b: blank('b') })));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
        expect(fillBlanks(pieces, { a, b })).toBe(liquid.renderSync(view, { a, b }));
      }),
    );
  });
});
