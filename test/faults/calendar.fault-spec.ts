import { describe, expect, it } from '@jest/globals';
import { named, prepareGround, Trial } from '../support/trial.js';
import { until } from '../support/until.js';

interface Edition {
  state: string;
  localDate: string;
  dueAt: Date;
}

/** The due instants are taken from the zones' own tables, not from our code. */
const days: [name: string, timeZone: string, localTime: string, localDate: string, dueAt: string][] = [
  ['DST gap: Paris has no 02:30', 'Europe/Paris', '02:30', '2027-03-28', '2027-03-28T01:30:00Z'],
  ['DST overlap: Paris has 02:30 twice', 'Europe/Paris', '02:30', '2027-10-31', '2027-10-31T00:30:00Z'],
  ['Lord Howe’s gap of half an hour', 'Australia/Lord_Howe', '02:15', '2027-10-03', '2027-10-02T15:45:00Z'],
  ['Lord Howe’s overlap of half an hour', 'Australia/Lord_Howe', '01:45', '2027-04-04', '2027-04-03T14:45:00Z'],
  ['Apia’s missing 30 December 2011', 'Pacific/Apia', '07:00', '2011-12-31', '2011-12-30T17:00:00Z'],
];

describe('days that clocks are put forward or back', () => {
  it.each(days)(
    '%s',
    async (name, timeZone, localTime, localDate, dueAt) => {
      const due = Math.round((Date.parse(dueAt) - Date.now()) / 1000);
      const ground = await prepareGround({ CLOCK_OFFSET: String(due - 20 * 3600) });
      const trial = await Trial.open(ground, name, { readers: named('ok', 10), list: { timeZone, localTime } });
      const editions = async () => {
        const { rows } = await ground.db.query<Edition>(
          `select e.state, e.local_date::text as "localDate", e.due_at as "dueAt" from edition e join list l on l.id = e.list_id
          where l.slug = $1 and e.kind = 'morning'`,
          [trial.list],
        );
        return rows;
      };

      trial.offset = due + 2;
      const first = await Promise.all([trial.worker(), trial.worker()]);
      await until('the edition', 60_000, async () => ((await editions())[0]?.state === 'done' ? true : undefined));
      await Promise.all(first.map((worker) => worker.stop()));

      // An hour later the repeated time has come again, on Lord Howe as well.
      const later = await trial.worker({ CLOCK_OFFSET: String(due + 61 * 60) });
      await until('its first tick', 60_000, async () => (later.logs.includes('To stop') ? true : undefined));
      await later.stop();
      expect(await editions()).toEqual([{ state: 'done', localDate, dueAt: new Date(dueAt) }]);
      await trial.judge({ accepted: 10 });
      await ground.desk.stop();
    },
    120_000,
  );
});
