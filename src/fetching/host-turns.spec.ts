import { describe, expect, it } from '@jest/globals';
import { HostTurns } from './host-turns.js';

const pauseMs = 40;

/** Two requests: how many were under way at once, and how long the host had rest between them. */
async function ask(first: string, second: string, opened: string[] = []) {
  const turns = new HostTurns(pauseMs);
  let underWay = 0;
  let most = 0;
  const ends: number[] = [];
  const starts: number[] = [];
  const request = async () => {
    starts.push(performance.now());
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, 5));
    underWay--;
    ends.push(performance.now());
  };
  await Promise.all([first, second].map((address) => turns.take(address, opened, request)));
  return { most, restMs: starts[1]! - ends[0]! };
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a host', () => {
  it('is asked one thing at a time, and has a rest in between', async () => {
    const { most, restMs } = await ask('https://paper.example/feed', 'https://paper.example/page');
    expect(most).toBe(1);
    expect(restMs).toBeGreaterThanOrEqual(pauseMs - 1);
  });

  it('does not wait for another host', async () => {
    expect((await ask('https://paper.example/feed', 'https://other.example/feed')).most).toBe(2);
  });

  it('of the operator’s own is asked one thing at a time, too', async () => {
    expect((await ask('http://paper.test/a', 'http://paper.test/b', ['paper.test'])).most).toBe(1);
  });

  it('of the operator’s own has no rest', async () => {
    const turns = new HostTurns(60_000);
    const take = () => turns.take('http://paper.test/a', ['paper.test'], () => Promise.resolve('well'));
    expect(await Promise.all([take(), take()])).toEqual(['well', 'well']);
  });

  it('is asked one thing at a time by whoever comes while a later turn is under way', async () => {
    const turns = new HostTurns(0);
    const done: string[] = [];
    const take = (name: string, ms: number) =>
      turns.take('https://paper.example/', [], () => after(ms).then(() => done.push(name)));
    const [first, second] = [take('first', 0), take('second', 200)];
    await first;
    await after(50);
    await Promise.all([second, take('third', 0)]);
    expect(done).toEqual(['first', 'second', 'third']);
  });

  it('that is none does not keep anybody from asking', async () => {
    const turns = new HostTurns(60_000);
    const take = () => turns.take('no address', [], () => Promise.resolve('well'));
    expect([await take(), await take()]).toEqual(['well', 'well']);
  });

  it('goes on after a request that fails', async () => {
    const turns = new HostTurns(0);
    const failing = turns.take('https://paper.example/', [], () => Promise.reject(new Error('lost')));
    await expect(failing).rejects.toThrow('lost');
    expect(await turns.take('https://paper.example/', [], () => Promise.resolve('well'))).toBe('well');
  });
});
