import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openClient } from '../support/database.js';
import { lineTo } from '../support/line.js';
import { ownPostgres } from '../support/own-postgres.js';
import { connections, named, prepareGround, Trial, type Ground } from '../support/trial.js';
import { until } from '../support/until.js';

let ground: Ground;
let postgres: Awaited<ReturnType<typeof ownPostgres>>;

beforeAll(async () => {
  postgres = await ownPostgres();
  ground = await prepareGround({ DATABASE_URL: postgres.url });
  ground.workerEnv = { DATABASE_URL: postgres.url };
}, 60_000);

const ready = (status: number) =>
  until(`/health/ready to answer ${status}`, 30_000, async () =>
    (await fetch(`${ground.desk.baseUrl}/health/ready`)).status === status ? true : undefined,
  );

/** Retries come after half a minute: here, at once. */
async function finish(trial: Trial): Promise<void> {
  await trial.drained();
  await trial.hasten();
  await trial.drained();
  await trial.judge({ accepted: trial.readers.length });
}

describe('Postgres', () => {
  it('stopped with -m immediate in mid-edition, away for 5 s', async () => {
    const trial = await Trial.open(ground, 'Postgres stopped with -m immediate', { readers: named('ok', 80) });
    const gate = ground.relay.hold('after-dot', /^ok\.30@/);
    await trial.send();
    await Promise.all([trial.worker(), trial.worker()]);
    await gate.reached;
    await postgres.stopImmediately();
    gate.release();
    await ready(503);
    await sleep(5_000);
    await postgres.start();
    await ready(200);
    await finish(trial);
  });

  it('does what it is asked, and the answer is lost', async () => {
    const trial = await Trial.open(ground, 'Postgres cut off after COMMIT', { readers: named('ok', 80) });
    const line = await lineTo(postgres.url);
    const gate = ground.relay.hold('after-dot', /^ok\.30@/);
    await trial.send();
    await Promise.all([1, 2].map(() => trial.worker({ DATABASE_URL: line.url })));
    await gate.reached;
    line.silence();
    gate.release();
    await sleep(1_000);
    line.cut();
    await line.mend();
    await finish(trial);
    line.cut();
  });

  it.each([
    [
      'Postgres is read-only for 5 s',
      'alter system set default_transaction_read_only = on',
      'alter system reset default_transaction_read_only',
    ],
    [
      'Postgres says that its disk is full, for 5 s',
      `create trigger disk_full before insert or update on delivery execute function disk_is_full()`,
      'drop trigger disk_full on delivery',
    ],
  ])('%s', async (name, begin, end) => {
    const trial = await Trial.open(ground, name, { readers: named('ok', 80) });
    const operator = await openClient(postgres.url);
    await operator.query('set default_transaction_read_only = off');
    await operator.query(
      `create or replace function disk_is_full() returns trigger language plpgsql
         as $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`,
    );
    const gate = ground.relay.hold('after-dot', /^ok\.30@/);
    await trial.send();
    await Promise.all([trial.worker(), trial.worker()]);
    await gate.reached;
    await operator.query(begin);
    await operator.query('select pg_reload_conf()');
    await sleep(500);
    const taken = trial.taken;
    gate.release();
    await sleep(5_000);
    expect(trial.taken - taken).toBeLessThanOrEqual(2 * connections); // nothing is armed that cannot be written down
    await operator.query(end);
    await operator.query('select pg_reload_conf()');
    await operator.end();
    await finish(trial);
  });

  it('half-open for 45 s for one worker, while another goes on', async () => {
    const trial = await Trial.open(ground, 'Postgres half-open for one worker', { readers: named('ok', 80) });
    const line = await lineTo(postgres.url);
    const gate = ground.relay.hold('after-dot', /^ok\.20@/);
    await trial.send();
    await trial.worker({ DATABASE_URL: line.url });
    await gate.reached;
    line.freeze();
    gate.release();
    await trial.worker();
    await sleep(45_000);
    line.thaw();
    await finish(trial); // what was unknown meanwhile is settled by the late reply
    line.cut();
  });

  it('half-open, and a late settle of an old attempt meets the next one', async () => {
    const readers = [...named('ok', 40), 'greylist-1'];
    const trial = await Trial.open(ground, 'a late settle meets the next attempt', { readers });
    const line = await lineTo(postgres.url);
    const asked = ground.relay.hold('rcpt', /^greylist/);
    const taken = ground.relay.hold('after-dot', /^greylist/);
    await trial.send();
    await trial.worker({ DATABASE_URL: line.url });
    await asked.reached;
    line.freeze();
    asked.release(); // 450: to be settled as `queued`, once the database can be reached
    await trial.worker();
    await taken.reached; // by the other worker, in an attempt of its own
    line.thaw();
    await sleep(3_000);
    taken.release();
    await finish(trial);
    line.cut();
  });
});
