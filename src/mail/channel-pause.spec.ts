import { describe, expect, it } from '@jest/globals';
import { ChannelPause } from './channel-pause.js';

const fail = (pause: ChannelPause, times: number, from = 0): number[] => {
  const lengths: number[] = [];
  for (let now = from, n = 0; n < times; n++) {
    pause.begin('away', false, now);
    const began = now;
    while (pause.lasts(now)) now += 1_000;
    lengths.push((now - began) / 1_000);
  }
  return lengths;
};

describe('the pause of a channel', () => {
  it('is 5 s, doubling to 5 min', () => {
    expect(fail(new ChannelPause(), 8)).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
  });

  it('counts what fails together once, and tells it once', () => {
    const pause = new ChannelPause();
    expect([pause.begin('away', false, 0), pause.begin('away', false, 10)]).toEqual([true, false]);
    expect(pause.lasts(4_999)).toBe(true);
    expect(pause.lasts(5_000)).toBe(false);
    expect(pause.begin('away', false, 5_000)).toBe(false);
    expect(pause.begin('no certificate', false, 20_000)).toBe(true);
  });

  it('begins anew once a session was had', () => {
    const pause = new ChannelPause();
    fail(pause, 3);
    pause.end();
    expect(pause.lasts(0)).toBe(false);
    expect(fail(pause, 1)).toEqual([5]);
  });

  it('is the longest at once where a person must act', () => {
    const pause = new ChannelPause();
    pause.begin('wrong password', true, 0);
    expect(pause.lasts(299_999)).toBe(true);
  });
});
