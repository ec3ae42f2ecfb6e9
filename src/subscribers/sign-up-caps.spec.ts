import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { Config } from '../config.js';
import type { Alarms } from '../health/alarms.js';
import { SignUpCaps, TooManySignUps } from './sign-up-caps.js';

const hourMs = 3_600_000;
let counts: Map<string, { points: number; expire: number }>;
let isDown: boolean;
let now: number;
const raise = jest.fn<Alarms['raise']>();

/** What rate-limiter-flexible asks of Postgres: adds to a count, or begins a new one where the hour is over. */
const query = ({ text, values }: { text: string; values: [string, number, number, number] }) => {
  expect(text).toContain('INSERT INTO "sign_up_count"');
  if (isDown) return Promise.reject(new Error('the database is away'));
  const [key, cost, expire, now] = values;
  const last = counts.get(key);
  const row = last && last.expire > now ? { ...last, points: last.points + cost } : { points: cost, expire };
  counts.set(key, row);
  return Promise.resolve({ rows: [row] });
};

const capsOf = (network: number, domain: number) =>
  new SignUpCaps(
    { driver: { master: { query } } } as unknown as DataSource,
    { raise } as unknown as Alarms,
    { SIGN_UPS_PER_NETWORK: network, SIGN_UPS_PER_DOMAIN: domain } as Config,
  );

let posts = 0;
const post = (fields: Partial<Parameters<SignUpCaps['count']>[0]> = {}) => ({
  network: `192.0.${posts++}.0/24`,
  address: `reader${posts}@mail${posts}.example`,
  isOurs: true,
  isProven: true,
  ...fields,
});
const pointsOf = (key: string) => counts.get(key)?.points;

beforeEach(() => {
  counts = new Map();
  isDown = false;
  now = Date.parse('2026-11-24T08:00:00Z');
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  raise.mockReset();
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a post counts', () => {
  it.each([
    ['1 from a form of ours', { isOurs: true, isProven: true }, 1],
    ['3 from elsewhere', { isOurs: false, isProven: true }, 3],
    ['10 without the work that was asked for', { isOurs: true, isProven: false }, 10],
    ['10 without both', { isOurs: false, isProven: false }, 10],
  ])('%s, for its network and for its domain', async (_, fields, points) => {
    expect(await capsOf(100, 100).count(post({ network: 'a', address: 'ana@b.example', ...fields }))).toBe(true);
    expect(Object.fromEntries([...counts].map(([key, row]) => [key, row.points]))).toEqual({
      'network:a': points,
      'domain:b.example': points,
    });
  });
});

describe('a network', () => {
  it('has as many posts as its cap, and is told when its hour is over', async () => {
    const caps = capsOf(3, 0);
    for (let n = 0; n < 3; n += 1) expect(await caps.count(post({ network: 'a' }))).toBe(true);
    now += 500;
    const refused = caps.count(post({ network: 'a', address: 'ana@b.example' }));
    await expect(refused).rejects.toBeInstanceOf(TooManySignUps);
    const words = 'Too many sign-ups from this network';
    await expect(refused).rejects.toMatchObject({ status: 429, message: words, retryAfter: 3_600 });
    expect(await caps.count(post({ network: 'b' }))).toBe(true);
  });

  it('over its cap does not use up that of a domain', async () => {
    const caps = capsOf(1, 5);
    await caps.count(post({ network: 'a', address: 'ana@b.example' }));
    await expect(caps.count(post({ network: 'a', address: 'ana@b.example' }))).rejects.toThrow();
    expect(pointsOf('domain:b.example')).toBe(1);
  });

  it('begins anew after an hour', async () => {
    const caps = capsOf(1, 0);
    await caps.count(post({ network: 'a' }));
    now += hourMs - 1;
    await expect(caps.count(post({ network: 'a' }))).rejects.toMatchObject({ retryAfter: 1 });
    now += 1;
    expect(await caps.count(post({ network: 'a' }))).toBe(true);
  });
});

describe('a domain', () => {
  const to = (caps: SignUpCaps, isOurs = true) => caps.count(post({ address: 'ana@b.example', isOurs }));

  it('has as many letters as its cap; then none, and one alarm that names it', async () => {
    const caps = capsOf(0, 2);
    expect([await to(caps), await to(caps)]).toEqual([true, true]);
    expect(raise).not.toHaveBeenCalled();
    expect([await to(caps), await to(caps), await to(caps)]).toEqual([false, false, false]);
    expect(raise.mock.calls).toEqual([
      [
        'sign-ups',
        'Sign-ups for b.example are over SIGN_UPS_PER_DOMAIN: until the hour is over, no confirmation letters go there',
      ],
    ]);
    expect(await caps.count(post())).toBe(true);
  });

  it.each([4, 5, 6])(
    'of %d points raises one alarm, also where posts from elsewhere jump over the cap',
    async (cap) => {
      const caps = capsOf(0, cap);
      const answers = [await to(caps, false), await to(caps, false), await to(caps, false), await to(caps, false)];
      expect(answers).toEqual(cap < 6 ? [true, false, false, false] : [true, true, false, false]);
      expect(raise).toHaveBeenCalledTimes(1);
    },
  );
});

describe('the caps', () => {
  it('are off at 0, and nothing is counted', async () => {
    const caps = capsOf(0, 0);
    for (let n = 0; n < 20; n += 1)
      expect(await caps.count(post({ network: 'a', address: 'ana@b.example', isProven: false }))).toBe(true);
    expect(counts.size).toBe(0);
  });

  it('do not hide that the database is away', async () => {
    isDown = true;
    await expect(capsOf(1, 1).count(post())).rejects.toThrow('the database is away');
  });
});
