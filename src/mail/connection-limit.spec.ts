import { describe, expect, it } from '@jest/globals';
import { ConnectionLimit } from './connection-limit.js';

describe('the limit of connections', () => {
  it('is halved, never below one, and grows back with what is taken', () => {
    const limit = new ConnectionLimit(5);
    const halved = [0, 0, 0].map(() => {
      limit.halve();
      return limit.connections;
    });
    expect(halved).toEqual([2, 1, 1]);
    for (let n = 0; n < 50; n++) limit.recover();
    expect(limit.connections).toBe(2);
    for (let n = 0; n < 1_000; n++) limit.recover();
    expect(limit.connections).toBe(5);
  });
});
