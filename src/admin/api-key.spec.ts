import { describe, expect, it } from '@jest/globals';
import { auditTarget } from './audit-target.js';
import { covers } from '../api/scope.js';
import { digestOf, newKey, possibleIds } from './api-key.js';
import type { Limits } from '../limits/limits.js';
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

describe('wrong keys', () => {
  /** Two a minute, as far as this test goes: `taken` by network. */
  const limits = () => {
    const taken = new Map<string, number>();
    const add = (network: string, by: number) => taken.set(network, (taken.get(network) ?? 0) + by).get(network)!;
    return {
      take: async (_limit: unknown, network: string) => (add(network, 1) > 2 ? 59 : 0),
      giveBack: async (_limit: unknown, network: string) => void add(network, -1),
    };
  };
  const guard = () => new FailedKeys(limits() as unknown as Limits);
  const digest = (text: string) => digestOf(text);
  const wrong = async () => undefined;
  const right = async () => 'key';

  it('count before they are looked at, by network', async () => {
    const failed = guard();
    let looks = 0;
    const tries = Array.from({ length: 30 }, (_, n) =>
      failed.look('a', digest(`guess ${n}`), async () => void (looks += 1)),
    );
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
    expect([looks, kinds.filter((kind) => kind === 'unknown').length]).toEqual([2, 2]);
    expect(await failed.look('a', digest('right'), right)).toEqual({ kind: 'too many', seconds: 59 });
    expect(await failed.look('b', digest('right'), right)).toEqual({ kind: 'found', key: 'key' });
  });

  it('do not lock out a key that has passed, until it fails', async () => {
    const failed = guard();
    await failed.look('a', digest('right'), right);
    for (let n = 0; n < 3; n += 1) await failed.look('a', digest(`guess ${n}`), wrong);
    expect(await failed.look('a', digest('right'), right)).toEqual({ kind: 'found', key: 'key' });
    expect(await failed.look('a', digest('right'), wrong)).toEqual({ kind: 'too many', seconds: 59 });
    expect(await failed.look('a', digest('right'), right)).toEqual({ kind: 'too many', seconds: 59 });
  });

  it('do not come from a client that begins with many requests at once', async () => {
    const failed = guard();
    const looked = await Promise.all(Array.from({ length: 30 }, () => failed.look('a', digest('right'), right)));
    expect(new Set(looked.map(({ kind }) => kind))).toEqual(new Set(['found']));
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
