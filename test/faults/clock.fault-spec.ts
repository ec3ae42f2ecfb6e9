import { beforeAll, describe, expect, it } from '@jest/globals';
import { named, prepareGround, Trial, type Ground } from '../support/trial.js';
import { until } from '../support/until.js';

let ground: Ground;
const minute = 60;
const hour = 60 * minute;

beforeAll(async () => {
  ground = await prepareGround();
});

interface Morning {
  state: string;
  reason: string | null;
  localDate: string;
}

/** A list whose hour comes within one to two hours, and the seconds until then. */
async function morning(name: string, count: number): Promise<{ trial: Trial; due: number }> {
  const at = Temporal.Now.zonedDateTimeISO('UTC').add({ hours: 1, minutes: 1 }).round({
    smallestUnit: 'minute',
    roundingMode: 'floor',
  });
  const localTime = at.toPlainTime().toString({ smallestUnit: 'minute' });
  const trial = await Trial.open(ground, name, { readers: named('ok', count), list: { timeZone: 'UTC', localTime } });
  return { trial, due: Math.round((at.epochMilliseconds - Date.now()) / 1000) };
}

const editions = async ({ list }: Trial): Promise<Morning[]> => {
  const { rows } = await ground.db.query<Morning>(
    `select e.state, e.reason, e.local_date::text as "localDate" from edition e join list l on l.id = e.list_id
      where l.slug = $1 and e.kind = 'morning' order by e.due_at`,
    [list],
  );
  return rows;
};

const closed = (trial: Trial, count: number) =>
  until(`${count} editions to be over`, 90_000, async () => {
    const found = await editions(trial);
    const over = found.length >= count && found.every(({ state }) => state === 'done' || state === 'skipped');
    if (!over) throw new Error(JSON.stringify(found));
    return found;
  });

describe('instances and clocks', () => {
  it('five instances start and tick in the same second', async () => {
    const { trial, due } = await morning('five instances tick in the same second', 40);
    trial.offset = due + 2;
    await Promise.all([1, 2, 3, 4, 5].map(() => trial.worker()));
    expect(await closed(trial, 1)).toMatchObject([{ state: 'done' }]);
    await trial.drained();
    await trial.judge({ accepted: 40 });
  });

  it.each([
    ['5 min', 5 * minute, ['done']],
    ['3 h', 3 * hour, ['done']],
    ['30 h', 30 * hour, ['skipped', 'skipped']],
  ] as const)(
    'down over the due time for %s',
    async (name, late, states) => {
      const { trial, due } = await morning(`down over the due time for ${name}`, 20);
      trial.offset = due + late;
      await Promise.all([trial.worker(), trial.worker()]);
      expect((await closed(trial, states.length)).map(({ state }) => state)).toEqual(states);
      await trial.drained();
      const sent = states.some((state) => state === 'done');
      if (!sent) trial.readers.length = 0; // recorded as late; nobody has a row, for nobody gets a letter
      await trial.judge(sent ? { accepted: 20 } : {});
    },
    120_000,
  );

  it('jumps of +1 h, −1 h and +25 h in mid-edition', async () => {
    const { trial, due } = await morning('clock jumps +1 h, −1 h, +25 h', 60);
    const workAt = async (offset: number, enough: () => Promise<unknown>) => {
      trial.offset = offset;
      const workers = await Promise.all([trial.worker(), trial.worker()]);
      await enough();
      await Promise.all(workers.map((worker) => worker.stop()));
    };
    const afterATick = () =>
      until('a tick', 60_000, async () => (trial.workers.at(-1)!.logs.includes('To stop') ? true : undefined));
    ground.relay.replyDelayMs = 40;
    await workAt(due + 2, () => trial.untilTaken(10));
    await workAt(due + hour, () => trial.untilTaken(25));
    await workAt(due - hour, afterATick);
    ground.relay.replyDelayMs = 0;
    await workAt(due + 25 * hour, () => closed(trial, 2));
    expect((await editions(trial)).length).toBe(2);
    await trial.drained();
    await trial.judge();
  });
});
