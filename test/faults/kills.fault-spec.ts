import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, it } from '@jest/globals';
import { lineTo } from '../support/line.js';
import { named, prepareGround, Trial, type Ground } from '../support/trial.js';

let ground: Ground;

beforeAll(async () => {
  ground = await prepareGround();
});

describe('kill -9 at a named point', () => {
  it.each([
    ['after claim', 'rcpt'],
    ['after arm, in the letter', 'in-body'],
    ['after the dot, letter not taken yet', 'at-dot'],
    ['after the dot, letter taken', 'after-dot'],
  ] as const)('%s', async (name, phase) => {
    const trial = await Trial.open(ground, `kill -9 ${name}`, { readers: named('ok', 80) });
    const gate = ground.relay.hold(phase, /^ok\.20@/);
    await trial.send();
    const doomed = await trial.worker();
    await gate.reached;
    await Promise.all([trial.worker(), trial.kill(doomed)]);
    gate.release();
    await trial.drained();
    await trial.judge();
  });

  it('after the 250, before the ledger has it', async () => {
    const trial = await Trial.open(ground, 'kill -9 after the 250, before the update', { readers: named('ok', 80) });
    const line = await lineTo(ground.desk.databaseUrl);
    const gate = ground.relay.hold('after-dot', /^ok\.20@/);
    await trial.send();
    const doomed = await trial.worker({ DATABASE_URL: line.url });
    await gate.reached;
    line.freeze();
    gate.release();
    await sleep(500);
    await Promise.all([trial.worker(), trial.kill(doomed)]);
    line.cut();
    await trial.drained();
    await trial.judge();
  });
});
