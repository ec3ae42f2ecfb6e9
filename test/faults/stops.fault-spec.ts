import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { named, prepareGround, Trial, type Ground } from '../support/trial.js';

let ground: Ground;

beforeAll(async () => {
  ground = await prepareGround();
});

describe('kill -9', () => {
  it('at random, five times', async () => {
    const trial = await Trial.open(ground, 'kill -9 at random, five times', { readers: named('ok', 240) });
    ground.relay.replyDelayMs = 10;
    await trial.send();
    let doomed = await trial.worker();
    for (let kill = 1; kill <= 5; kill++) {
      const next = trial.worker();
      await trial.untilTaken(Math.min(kill * 40, 200));
      await sleep(Math.random() * 200);
      await trial.kill(doomed);
      doomed = await next;
    }
    ground.relay.replyDelayMs = 0;
    await trial.drained();
    await trial.judge();
  });
});

describe('SIGTERM', () => {
  it('in mid-edition: what is in hand settles, the rest goes back', async () => {
    const trial = await Trial.open(ground, 'SIGTERM in mid-edition', { readers: named('ok', 120) });
    ground.relay.replyDelayMs = 20;
    await trial.send();
    const [leaving] = await Promise.all([trial.worker(), trial.worker()]);
    await trial.untilTaken(30);
    const asked = Date.now();
    expect(await leaving!.stop()).toEqual({ code: 0, signal: null });
    expect(Date.now() - asked).toBeLessThan(30_000);
    ground.relay.replyDelayMs = 0;
    await trial.drained();
    await trial.judge({ accepted: 120 });
  });
});
