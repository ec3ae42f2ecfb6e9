import { describe, expect, it } from '@jest/globals';
import { Groups } from './groups.js';

const open = () => {
  const written: string[][] = [];
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const groups = new Groups<string>(
    async (items) => {
      written.push(items);
      await gate;
      if (items.some((item) => item.startsWith('bad'))) throw new Error('refused');
    },
    (item) => item.split(' ').at(-1)!,
  );
  return { groups, written, release };
};

describe('Groups', () => {
  it('writes what has gathered meanwhile together, and nothing later than it can', async () => {
    const { groups, written, release } = open();
    const all = ['a', 'b', 'c', 'd', 'e'].map((item) => groups.add(item));
    expect(written).toEqual([['a'], ['b']]);
    release();
    await Promise.all(all);
    expect(written).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
  });

  it('keeps two of one key apart, in their order', async () => {
    const { groups, written, release } = open();
    const all = ['a', 'b', '1 x', '2 x', 'y', '3 x'].map((item) => groups.add(item));
    release();
    await Promise.all(all);
    expect(written.slice(2)).toEqual([['1 x', 'y'], ['2 x'], ['3 x']]);
  });

  it('writes them one by one when one is refused, and tells only that one', async () => {
    const { groups, written, release } = open();
    const all = ['a', 'b', 'c', 'bad', 'd'].map((item) => groups.add(item));
    release();
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(written.slice(2)).toEqual([['c', 'bad', 'd'], ['c'], ['bad'], ['d']]);
  });
});
