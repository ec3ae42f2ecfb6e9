import { beforeAll, describe, expect, it } from '@jest/globals';
import { named, prepareGround, Trial, type Ground } from '../support/trial.js';

let ground: Ground;

beforeAll(async () => {
  ground = await prepareGround();
});

describe('what people do in mid-edition', () => {
  it('a reader leaves before the arm: no letter', async () => {
    const trial = await Trial.open(ground, 'unsubscribed before the arm', { readers: named('ok', 40) });
    const leaving = trial.readers[19]!;
    const gate = ground.relay.hold('before-354', /^ok\.20@/);
    await trial.send();
    await Promise.all([trial.worker(), trial.worker()]);
    await gate.reached;
    await trial.unsubscribe(leaving);
    gate.release();
    await trial.drained();
    // The goodbye letter belongs to no list.
    const ofLists = ground.relay.accepted.filter(({ raw }) => raw.includes('List-ID:'));
    expect(ofLists.map(({ recipient }) => recipient)).not.toContain(leaving);
    await trial.judge({ accepted: 39, cancelled: 1 });
  });

  it('an editor pauses: nothing more goes out until it is resumed', async () => {
    const trial = await Trial.open(ground, 'paused in mid-edition, resumed', { readers: named('ok', 120) });
    ground.relay.replyDelayMs = 20;
    await trial.send();
    await Promise.all([trial.worker(), trial.worker()]);
    await trial.untilTaken(20);
    expect(await trial.act('pause')).toBe(200);
    await trial.drained();
    const before = trial.taken;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect([trial.taken, before < 120]).toEqual([before, true]);
    expect(await trial.act('resume')).toBe(200);
    await trial.drained();
    ground.relay.replyDelayMs = 0;
    await trial.judge({ accepted: 120 });
  });

  it('an editor cancels: what is not armed does not go out', async () => {
    const trial = await Trial.open(ground, 'cancelled in mid-edition', { readers: named('ok', 120) });
    ground.relay.replyDelayMs = 20;
    await trial.send();
    await Promise.all([trial.worker(), trial.worker()]);
    await trial.untilTaken(20);
    expect(await trial.act('cancel')).toBe(200);
    await trial.drained();
    ground.relay.replyDelayMs = 0;
    const { accepted = 0, cancelled = 0 } = await trial.counts();
    expect([accepted + cancelled, accepted < 120]).toEqual([120, true]);
    await trial.judge();
  });
});
