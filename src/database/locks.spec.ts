import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { locks } from './locks.js';

const { ofOne, ...ofAll } = locks;

it('no two locks share a number', () => {
  const numbers = [...Object.values(ofAll), ...Object.values(ofOne)];
  expect(new Set(numbers).size).toBe(numbers.length);
});

it('no lock has its number elsewhere', () => {
  const root = new URL('..', import.meta.url);
  const locking = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('migrations') && !path.includes('locks.'))
    .filter((path) => readFileSync(new URL(path, root), 'utf8').includes('pg_advisory'));
  for (const path of locking)
    expect([path, readFileSync(new URL(path, root), 'utf8')]).toEqual([path, expect.stringMatching(/locks\.js'/)]);
  const text = locking.map((path) => readFileSync(new URL(path, root), 'utf8')).join('\n');
  expect(text.match(/hashtext|lockKey|\d_\d{3}_\d{3}/g)?.filter((found) => found !== '2_147_483_647') ?? []).toEqual(
    [],
  );
});
