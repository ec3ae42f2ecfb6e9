import { beforeAll, describe, it, expect } from '@jest/globals';
import { named, prepareGround, Trial, type Ground } from '../support/trial.js';

let ground: Ground;

beforeAll(async () => {
  ground = await prepareGround();
});

const phases = ['rcpt', 'before-354', 'in-body', 'at-dot', 'after-dot'];
const inEach = (act: string, where: string[], times = '') =>
  where.flatMap((phase) => named(`${act}-${phase}${times}`, 4));
// Four readers in each of three phases. A letter of some 20 KB has left this side as a whole before a line that is lost
// in the midst of it can be noticed: then nobody on this side can know whether its final dot arrived.
const doubtful = 12;

/** What the server does, to whom, and how many may end unknown and must end accepted. */
const families: [name: string, readers: string[], unknown: number, expected: Record<string, number>][] = [
  ['line dropped in each phase', inEach('drop', phases, '-1'), doubtful, {}],
  ['line reset in each phase', inEach('reset', phases, '-1'), doubtful, {}],
  ['stall of 8 s in each phase', inEach('stall', phases, '-1'), 0, { accepted: 40 }],
  ['421 in each phase', inEach('421', ['rcpt', 'before-354', 'at-dot'], '-1'), 0, { accepted: 32 }],
  ['4xx, then accepted', ['full-2', 'greylist-1', 'busy-1'].flatMap((name) => named(name, 4)), 0, { accepted: 32 }],
  ['5.1.1 for 1 %', [...named('ok', 99), 'gone'], 0, { accepted: 99, refused: 1 }],
  ['5.1.1 for all', named('gone', 30), 0, {}],
  ['5.7.1 for one domain', named('blocked', 20).map((local) => `${local}@blocked.example.org`), 0, { accepted: 20 }],
];

describe('what the relay does to single readers', () => {
  it('stays with them: the ledger says what became of each, and the others have their letter', async () => {
    const trials: Trial[] = [];
    for (const [name, readers, unknownAllowed] of families) {
      const well = name === '5.1.1 for all' ? [] : named('ok', 20);
      const trial = await Trial.open(ground, name, { readers: [...new Set([...readers, ...well])] });
      trial.unknownAllowed = unknownAllowed;
      trials.push(trial);
      await trial.send();
    }
    const workers = await Promise.all([1, 2].map(() => trials[0]!.worker()));
    for (const trial of trials.slice(1)) trial.running.push(...workers);
    for (let retry = 0; retry < 3; retry++) {
      for (const trial of trials) await trial.drained();
      for (const trial of trials) await trial.hasten();
    }
    for (const trial of trials) await trial.drained();
    await Promise.all(workers.map((worker) => worker.stop()));
    const judged = await Promise.allSettled(trials.map((trial, index) => trial.judge(families[index]![3])));
    const failed = judged.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason as Error;

    // A relay that says so of everybody is not believed: the edition stops, and few are suppressed on its word.
    const refused = trials[families.findIndex(([name]) => name === '5.1.1 for all')]!;
    const { rows } = await ground.db.query<{ suppressed: number; state: string }>(
      `select (select count(*)::int from suppression where address = any($1)) as suppressed, state from edition where id = $2`,
      [refused.readers, refused.edition],
    );
    expect(rows[0]!.state).toBe('paused');
    expect(rows[0]!.suppressed).toBeLessThanOrEqual(20);
  });
});
