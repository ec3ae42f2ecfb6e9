import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { locks } from '../../src/database/locks.js';
import { openClient } from '../support/database.js';
import { lineTo } from '../support/line.js';
import { named, prepareGround, Trial, type Ground } from '../support/trial.js';
import { until } from '../support/until.js';

let ground: Ground;

beforeAll(async () => {
  ground = await prepareGround();
});

describe('kill -9 at a named point', () => {
  it.each([
    ['before arm', 'rcpt'],
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

  it('after the dot, where the list says “resend once”', async () => {
    const list = { unknownPolicy: 'resend once' };
    const trial = await Trial.open(ground, 'kill -9 after the dot, “resend once”', { readers: named('ok', 80), list });
    const gate = ground.relay.hold('after-dot', /^ok\.20@/);
    await trial.send();
    const doomed = await trial.worker();
    await gate.reached;
    await Promise.all([trial.worker(), trial.kill(doomed)]);
    gate.release();
    await trial.drained();
    await until('nothing to be unknown', 30_000, async () => ((await trial.counts()).unknown ? undefined : true));
    await trial.drained();
    await trial.judge({ accepted: 80 });
  });

  it('after a refusal is written, before its reader is suppressed', async () => {
    const readers = [...named('ok', 40), 'gone'];
    const trial = await Trial.open(ground, 'kill -9 between a refusal and what it means', { readers });
    const suppressed = async () =>
      (await ground.db.query(`select 1 from suppression where address = any($1)`, [trial.readers])).rowCount;
    const lock = await openClient(ground.desk.databaseUrl);
    await lock.query('select pg_advisory_lock($1)', [locks.judgeBounces]);
    await trial.send();
    const doomed = await trial.worker();
    await until('the refusal', 30_000, async () => ((await trial.counts()).refused === 1 ? true : undefined));
    await trial.kill(doomed);
    await lock.end();
    expect(await suppressed()).toBe(0);

    trial.offset = 61;
    await trial.worker();
    await until('the suppression', 30_000, async () => ((await suppressed()) === 1 ? true : undefined));
    await trial.drained();
    await trial.judge({ refused: 1 });
    const { rows } = await ground.db.query(`select 1 from delivery where effect_pending`);
    expect(rows).toEqual([]);
  });
});
