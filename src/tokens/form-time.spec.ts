import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Config } from '../config.js';
import { FormTime } from './form-time.js';
import { Tokens } from './tokens.js';

const hourMs = 3_600_000;
const tokens = new Tokens({ SECRET: `k1:${'s'.repeat(32)}` } as Config);
let formTime: FormTime;

/** 08:00 exactly. */
const morning = Date.parse('2026-11-24T08:00:00Z');
const at = (hours: number, ms = 0) => jest.setSystemTime(morning + hours * hourMs + ms);

beforeEach(() => {
  jest.useFakeTimers();
  at(0);
  formTime = new FormTime(tokens);
});
afterEach(() => {
  jest.useRealTimers();
});

describe('the signed hour of a form', () => {
  it('is the same text for an hour, and another one in the next', () => {
    const stamp = formTime.stamp();
    expect(stamp).toBe(tokens.sign('form', String(morning / hourMs)));
    at(1, -1);
    expect(formTime.stamp()).toBe(stamp);
    at(1);
    expect(formTime.stamp()).toBe(tokens.sign('form', String(morning / hourMs + 1)));
  });

  it('is signed once an hour', () => {
    const sign = jest.spyOn(tokens, 'sign');
    for (const hours of [0, 0, 1, 1]) {
      at(hours);
      formTime.stamp();
    }
    expect(sign).toHaveBeenCalledTimes(2);
    sign.mockRestore();
  });

  it.each([
    ['in its own hour', 0, true],
    ['a day later', 24, true],
    ['more than a day later', 25, false],
    ['before its hour: somebody’s clock is wrong', -1, false],
  ])('%s', (_, hours, isOurs) => {
    const stamp = formTime.stamp();
    at(hours);
    expect(formTime.isOurs(stamp)).toBe(isOurs);
  });

  it.each([
    '',
    'nonsense',
    `${morning / hourMs}`,
    tokens.sign('data', `${morning / hourMs}`),
    tokens.sign('form', 'x'),
  ])('is not %j', (stamp) => expect(formTime.isOurs(stamp)).toBe(false));
});
