import { describe, expect, it } from '@jest/globals';
import { auditTarget } from './audit-target.js';
import { covers, digestOf, newKey, possibleIds } from './api-key.js';
import { FailedKeys } from './failed-keys.js';
import { neededScope } from './needed-scope.js';

const at = (text: string) => Temporal.Instant.from(text);

describe('an API key', () => {
  it('carries its id, sorts by age, and is never the same', () => {
    const older = newKey(at('2026-01-01T00:00:00Z'));
    const newer = newKey(at('2026-01-01T00:00:00.001Z'));
    expect(newer.id > older.id).toBe(true);
    expect(possibleIds(older.text)).toEqual([older.id, 'env']);
    expect(new Set(Array.from({ length: 50 }, () => newKey(at('2026-01-01T00:00:00Z')).text)).size).toBe(50);
    expect(older.digest).toEqual(digestOf(older.text));
  });

  it('of another form can only be the setting', () => expect(possibleIds('any text of an operator')).toEqual(['env']));
});

describe('scopes', () => {
  it.each([
    ['GET', '/api/v1/lists', 'read'],
    ['HEAD', '/api/v1/lists/:slug', 'read'],
    ['POST', '/api/v1/editions/:id/pause', 'edit'],
    ['DELETE', '/api/v1/suppressions/:address', 'edit'],
    ['GET', '/api/v1/keys', 'admin'],
    ['GET', '/api/v1/audit', 'admin'],
    ['POST', '/api/v1/imports', 'admin'],
  ] as const)('%s %s needs %s', (method, route, scope) => expect(neededScope(method, route)).toBe(scope));

  it('cover what they imply', () => {
    expect(covers(['admin'], 'approve')).toBe(true);
    expect(covers(['edit'], 'read')).toBe(true);
    expect(covers(['edit'], 'approve')).toBe(false);
    expect(covers(['read'], 'edit')).toBe(false);
    expect(covers(['edit', 'approve'], 'admin')).toBe(false);
  });
});

describe('failed keys', () => {
  const digest = digestOf('a');

  it('pause their network for the rest of the minute, and no other', () => {
    const failed = new FailedKeys();
    for (let n = 0; n < 19; n += 1) failed.fail('a', 1000);
    expect(failed.pause('a', digest, 2000)).toBe(0);
    failed.fail('a', 1000);
    expect(failed.pause('a', digest, 2000)).toBe(59);
    expect(failed.pause('b', digest, 2000)).toBe(0);
    expect(failed.pause('a', digest, 61_000)).toBe(0);
  });

  it('do not pause a key that has passed', () => {
    const failed = new FailedKeys();
    failed.pass(digest);
    for (let n = 0; n < 20; n += 1) failed.fail('a', 1000);
    expect(failed.pause('a', digest, 2000)).toBe(0);
    expect(failed.pause('a', digestOf('b'), 2000)).toBe(59);
  });
});

describe('the target in the audit', () => {
  it('is the path with its ids', () =>
    expect(auditTarget('/api/v1/lists/:slug/issues/:date/rundown', { slug: 'brief', date: '2011-11-25' })).toBe(
      '/api/v1/lists/brief/issues/2011-11-25/rundown',
    ));

  it('never holds an address', () =>
    expect(auditTarget('/api/v1/suppressions/:address', { address: 'ada@example.org' })).toBe(
      '/api/v1/suppressions/:address',
    ));
});
