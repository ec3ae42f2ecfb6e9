import { beforeAll, describe, expect, it } from '@jest/globals';
import { lineTo } from './support/line.js';
import { named, prepareGround, Trial, type Ground } from './support/trial.js';

let ground: Ground;

beforeAll(async () => {
  ground = await prepareGround();
});

// The short form of test/faults: what can be shown within two minutes. After each, check-ledger.ts holds the mail
// server's log against the ledger.
describe('an edition, two workers, and what goes wrong', () => {
  it('kill -9 after the final dot, lines lost there, replies that ask to come again', async () => {
    const readers = [
      ...named('ok', 60),
      ...named('drop-after-dot', 3),
      ...named('full-2', 4),
      ...named('greylist-1', 4),
    ];
    const trial = await Trial.open(ground, 'short form: kill after the dot, lost 250, 4xx', { readers });
    const gate = ground.relay.hold('at-dot', /^ok\.7@/);
    await trial.send();
    const first = await trial.worker();
    await gate.reached;
    const [survivor] = await Promise.all([trial.worker(), trial.kill(first)]);
    gate.release();
    trial.unknownAllowed += 3;
    await trial.drained();
    for (let retry = 0; retry < 2; retry++) {
      await trial.hasten();
      await trial.drained();
    }
    expect((await survivor.stop()).code).toBe(0);
    await trial.judge();
    expect(await trial.counts()).not.toHaveProperty('queued');
  }, 200_000);

  it('a Postgres that is cut off in mid-edition', async () => {
    const trial = await Trial.open(ground, 'short form: Postgres cut off', { readers: named('ok', 60) });
    const line = await lineTo(ground.desk.databaseUrl);
    const gate = ground.relay.hold('after-dot', /^ok\.30@/);
    await trial.send();
    await Promise.all([1, 2].map(() => trial.worker({ DATABASE_URL: line.url })));
    await gate.reached;
    line.cut();
    gate.release();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await line.mend();
    await trial.drained();
    await trial.hasten();
    await trial.drained();
    await trial.judge({ accepted: 60 });
    line.cut();
  }, 240_000);
});
