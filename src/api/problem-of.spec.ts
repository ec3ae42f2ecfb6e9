import { describe, expect, it } from '@jest/globals';
import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { isDatabaseAway, problemOf } from './problem-of.js';

describe('an error of a database that does not answer', () => {
  it.each([
    ['refused', { code: 'ECONNREFUSED' }],
    ['refused, as TypeORM tells it', { driverError: { code: 'ECONNREFUSED' } }],
    ['a server that stops', { code: '57P01' }],
    ['a lost line', new Error('Connection terminated unexpectedly')],
    ['a transaction whose line was lost between two statements', new QueryRunnerAlreadyReleasedError()],
  ])('is told from others: %s', (_what, error) => {
    expect([isDatabaseAway(error), problemOf(error)?.getStatus()]).toEqual([true, 503]);
  });

  it.each([
    ['a mistake of ours', new Error('boom')],
    ['a constraint', { code: '23505' }],
    ['nothing', undefined],
  ])('and is not %s', (_what, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
