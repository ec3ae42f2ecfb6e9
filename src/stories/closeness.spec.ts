import { describe, expect, it } from '@jest/globals';
import { Closeness, unitVector } from './closeness.js';

const vector = (...numbers: number[]) => unitVector(numbers);

describe('unitVector', () => {
  it('has length 1', () => expect(vector(3, 4)).toEqual(Float32Array.of(0.6, 0.8)));

  it.each([[[]], [[0, 0]], [[1, Number.NaN]], [[1, Infinity]], [[1e200, 1]]])('takes no %j', (numbers) =>
    expect(unitVector(numbers)).toBeNull(),
  );
});

describe('Closeness', () => {
  it('goes from nothing to the same', () => {
    const closeness = new Closeness();
    expect(closeness.between(vector(1, 0), vector(1, 0))).toBeCloseTo(1);
    expect(closeness.between(vector(1, 0), vector(0, 1))).toBe(0);
  });

  it('does not compare what has no vector, or one of another length', () => {
    const closeness = new Closeness();
    expect(closeness.between(vector(1, 0), null)).toBeNull();
    expect(closeness.between(vector(1, 0), vector(1, 0, 0))).toBeNull();
  });

  it('learns what is usual of a model, and forgets it', () => {
    const closeness = new Closeness();
    const [a, b] = [vector(1, 0.2, 0), vector(1, 0, 0.2)];
    const before = closeness.between(a, b)!;
    for (let times = 0; times < 300; times++) closeness.add(times % 2 ? a : b);
    expect(closeness.between(a, b)).toBeLessThan(before / 2);
    for (let times = 0; times < 300; times++) closeness.remove(times % 2 ? a : b);
    expect(closeness.between(a, b)).toBeCloseTo(before);
  });
});
