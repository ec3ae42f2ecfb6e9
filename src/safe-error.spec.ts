import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { safeError } from './safe-error.js';

const driverError = (message: string, fields: object) => Object.assign(new Error(message), fields);

describe('what is logged of an error', () => {
  it('keeps no value of a statement', () => {
    const unique = driverError('duplicate key value violates unique constraint "subscriber_address_key"', {
      code: '23505',
      constraint: 'subscriber_address_key',
      table: 'subscriber',
      detail: 'Key (address)=(ada@example.org) already exists.',
    });
    const logged = safeError(new QueryFailedError('insert into subscriber …', ['ada@example.org'], unique));
    expect(JSON.stringify(logged)).not.toContain('ada');
    expect(logged).toMatchObject({
      type: 'QueryFailedError',
      code: '23505',
      table: 'subscriber',
      constraint: 'subscriber_address_key',
    });
    expect(logged.stack).toMatch(/^\s+at /);
  });

  it('hides the value that a data exception quotes, in message and stack', () => {
    const cast = driverError('invalid input syntax for type bigint: "ada@example.org"', { code: '22P02' });
    const logged = safeError(new QueryFailedError('select $1::bigint', ['ada@example.org'], cast));
    expect(JSON.stringify(logged)).not.toContain('ada');
    expect(logged.message).toBe('invalid input syntax for type bigint: "[value]"');
  });

  it('follows causes, and takes what is no error at all', () => {
    expect(
      safeError(new Error('outer', { cause: driverError('inner: "ada"', { code: '22001' }) })).cause?.message,
    ).toBe('inner: "[value]"');
    expect(safeError('plain')).toEqual({ type: 'string', message: 'plain' });
  });
});
