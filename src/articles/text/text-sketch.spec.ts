import { describe, expect, it } from '@jest/globals';
import { likeness, textSketch } from './text-sketch.js';

const report = [
  'The bridge over the Sava at Brod was closed to lorries on Monday after engineers found cracks in two of its piers.',
  'Cars may still cross in one lane, at no more than thirty kilometres an hour, while a firm measures how far the cracks have spread.',
  'Some four thousand lorries a week use the crossing, most of them on the way from the ports to factories further north.',
  'The government in the capital promised money for a second bridge eleven years ago, and not one stone of it has been laid.',
];
const own =
  'Lorry drivers face a long detour after the county closed the bridge at Brod over the Sava on Monday. Cracks were found in two piers by engineers, ' +
  'and only cars are let across, one lane at a time and slowly. Four thousand lorries use the bridge each week. A second bridge was promised by the ' +
  'government eleven years ago and has never been begun, which the mayor called a shame at a meeting on Monday night.';
const like = (one: string, other: string) => likeness(textSketch(one)!, textSketch(other)!);
const whole = report.join(' ');

describe('one agency text', () => {
  it.each([
    ['with another dateline', `BROD, Nov 23 (Agency) — ${whole}`],
    ['in other type and punctuation', whole.toUpperCase().replaceAll(',', ' –')],
    ['without its last paragraph', report.slice(0, 3).join(' ')],
    [
      'with a paragraph of the desk',
      `${whole} Our own reporter saw queues of six kilometres on both banks of the river.`,
    ],
  ])('is known %s', (_, copy) => expect(like(whole, copy)).toBeGreaterThanOrEqual(0.5));

  it('is not another report of the same event', () => expect(like(whole, own)).toBeLessThan(0.1));

  it('says nothing when it is short', () => expect(textSketch(report[0]!)).toBeNull());
});
