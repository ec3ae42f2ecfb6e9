import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import type { Instant } from '../src/database/now.js';
import { one, sql } from '../src/database/sql.js';
import type { Affected } from '../src/deliveries/attempt.js';
import { whyTripped } from '../src/deliveries/breaker.js';
import { DoubtDomain } from '../src/deliveries/doubt-domain.js';
import { DoubtReader } from '../src/deliveries/doubt-reader.js';
import type { Alarms } from '../src/health/alarms.js';
import { Suppressions } from '../src/suppressions/suppressions.js';
import { Ledger, now } from './support/ledger.js';
import { sliceAll } from './support/readers-of-a-list.js';

const readers = 100;
const domain = 'group.example';
/** The first readers of the ledger are of this domain, all others of example.org. */
const ofDomain = 25;

let ledger: Ledger;
let db: DataSource;
let start: Instant;
let raised: string[];
const alarms = { raise: (kind: string) => raised.push(kind) } as unknown as Alarms;

beforeAll(async () => {
  ledger = await Ledger.open(readers);
  db = ledger.db;
  await sql(
    db,
    `update subscriber r set address = 'r' || n || '@${domain}'
       from (select id, row_number() over (order by id) as n from subscriber) o where o.id = r.id and n <= ${ofDomain}`,
  );
});
afterAll(() => ledger.drop());

beforeEach(async () => {
  await ledger.plan();
  for (const table of ['recipient_domain', 'suppression']) await sql(db, `delete from ${table}`);
  [start, raised] = [now().round('second'), []];
});

const minutes = (count: number): Instant => start.add({ minutes: count });

/** The reader's delivery, counted from 1; those up to `ofDomain` are of the domain. */
async function settle(reader: number, state: string, at: Instant, code = '5.7.1', cause = 'policy'): Promise<Affected> {
  const words = state === 'refused' ? [code, `550 ${code} no`, cause] : [null, '250 ok', null];
  const row = await one<Affected>(
    db,
    `update delivery d set state = $2, enhanced_code = $3, reply = $4, cause = $5, settled_at = $6, tried_at = $6
       from (select d.id, d.edition_id, r.id as subscriber, r.address, row_number() over (order by r.id) as n
               from delivery d join subscription s on s.id = d.subscription_id join subscriber r on r.id = s.subscriber_id
              where d.planned_at = (select max(planned_at) from delivery)) o
      where o.id = d.id and o.n = $1
     returning d.id, d.edition_id as "editionId", o.subscriber as "subscriberId", o.address`,
    [reader, state, ...words, at],
  );
  return row!;
}
/** Every reader has one more letter to come, of another day. */
const planAgain = async (day: number, at: Instant) => {
  await sql(
    db,
    `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
     select edition_id, subscription_id, variant_id, kind, current_date + $1::int, 'queued', next_at, expires_at, 'm', $2
       from delivery where local_date = current_date`,
    [day, at],
  );
  await sql(db, `delete from slice`);
  await sliceAll(db);
};
const accept = (reader: number, at: Instant) => settle(reader, 'accepted', at);

/** Each is refused and thought about, by a worker of its own. */
async function refuse(some: number[], at: Instant, code?: string): Promise<void> {
  for (const reader of some) await new DoubtDomain(db, alarms).run(await settle(reader, 'refused', at, code), 'no', at);
}
const restMinutes = async (at: Instant) => {
  const row = await one<{ until: Date }>(db, `select paused_until as until from recipient_domain where domain = $1`, [
    domain,
  ]);
  return row ? Math.max(0, row.until.toTemporalInstant().since(at).total('minutes')) : 0;
};
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

describe('a domain that refuses readers for a reason that sounds like us', () => {
  it('goes on getting letters when they are one or two, and rests when they are three', async () => {
    await refuse([1, 2], start);
    expect([await restMinutes(start), raised]).toEqual([0, []]);
    await refuse([3], start);
    expect([await restMinutes(start), raised]).toEqual([5, ['domain']]);
  });

  it.each<[string, () => Promise<void>]>([
    ['for different reasons', async () => (await refuse([1, 2], start), refuse([3], start, '5.7.133'))],
    ['of different domains', () => refuse([1, 2, 26, 27], start)],
    ['over more than an hour', async () => (await refuse([1, 2], start), refuse([3], minutes(61)))],
    [
      'with one accepted in between',
      async () => (await refuse([1, 2], start), void (await accept(4, start)), refuse([3], start)),
    ],
    ['and one is tried three times', () => refuse([1, 1, 1], start)],
  ])('does not rest when they are refused %s', async (_how, happen) => {
    await happen();
    expect([await restMinutes(start), raised]).toEqual([0, []]);
  });

  it('rests when one was accepted before the refusals', async () => {
    await accept(4, start);
    await refuse([1, 2, 3], minutes(1));
    expect(await restMinutes(minutes(1))).toBe(5);
  });

  it('is put to rest once by several workers that hear it at the same moment', async () => {
    const pools = await Promise.all(upTo(6).map(() => openDataSource(ledger.url, 1)));
    const refused = await Promise.all(upTo(6).map((reader) => settle(reader, 'refused', start)));
    await Promise.all(pools.map((pool, n) => new DoubtDomain(pool, alarms).run(refused[n]!, 'no', start)));
    await Promise.all(pools.map((pool) => pool.destroy()));
    expect([raised, await restMinutes(start)]).toEqual([['domain'], 5]);
  });

  it('rests an hour if it refuses on after five minutes, then twice as long each time, up to a day', async () => {
    const lengths: number[] = [];
    let at = start;
    for (let round = 0; round < 8; round++) {
      await sql(db, `update edition set due_at = $1`, [at]);
      await refuse(upTo(3), at);
      lengths.push(await restMinutes(at));
      at = at.add({ minutes: lengths.at(-1)! });
    }
    expect(lengths).toEqual([5, 60, 120, 240, 480, 960, 1440, 1440]);
  });

  it('rests five minutes again if it has accepted a letter since the last rest began, or if that was days ago', async () => {
    await refuse(upTo(3), start);
    await refuse(upTo(3), minutes(5));
    expect(await restMinutes(minutes(5))).toBe(60);
    await accept(4, minutes(66));
    await refuse(upTo(3), minutes(67));
    expect(await restMinutes(minutes(67))).toBe(5);
    await refuse(upTo(3), minutes(72 + 24 * 60));
    expect(await restMinutes(minutes(72 + 24 * 60))).toBe(5);
  });

  it('keeps nobody from a letter when three of 25 are refused each day and all others have theirs', async () => {
    for (const day of upTo(4, 0)) {
      const at = minutes(day * 24 * 60);
      await sql(db, `update edition set due_at = $1`, [at]);
      await planAgain(day + 1, at);
      await refuse(upTo(3), at); // before any of the others is accepted: the relay answers in that order
      expect(await restMinutes(at)).toBe(5);
      for (const reader of upTo(25, 4)) await accept(reader, at.add({ minutes: 6 }));
    }
  });
});

describe('a reader who is refused for a reason that sounds like us', () => {
  /** Refused in so many editions, so many days apart, as the domain does it to this reader alone or to all. */
  async function isSuppressed(
    editions: number,
    daysApart: number,
    neighbour: 'accepted' | 'refused',
  ): Promise<boolean> {
    let delivery: Affected;
    for (const edition of upTo(editions)) {
      delivery = await settle(1, 'refused', start);
      await settle(2, neighbour, start);
      if (edition === editions) break;
      await sql(db, `update delivery set planned_at = planned_at - make_interval(days => $1)`, [daysApart]);
      await planAgain(edition, now());
    }
    await new DoubtReader(db, new Suppressions(), alarms).run(delivery!, 'policy', 'no', start);
    return (await sql(db, `select 1 from suppression`)).length > 0;
  }

  it.each([
    [3, 4, 'accepted', true],
    [2, 8, 'accepted', false],
    [3, 3, 'accepted', false],
    [3, 4, 'refused', false],
  ] as const)(
    'in %i editions %i days apart, while a neighbour is %s: suppressed %s',
    async (editions, daysApart, neighbour, expected) =>
      expect(await isSuppressed(editions, daysApart, neighbour)).toBe(expected),
  );
});

describe('the breaker', () => {
  const refused = async (some: number[], cause: string) => {
    for (const reader of some) await settle(reader, 'refused', start, cause === 'policy' ? '5.7.1' : '5.1.1', cause);
  };
  const tripped = () => whyTripped(db, ledger.edition);

  it('trips when more than 5 % are refused alike, not at 5 %', async () => {
    for (const reader of upTo(95)) await accept(reader, start);
    await refused(upTo(100, 96), 'hard');
    expect(await tripped()).toBeNull();
    await refused([95], 'hard');
    expect(await tripped()).toBe('6 of 100 readers were refused with 5.1.1');
  });

  it('trips at the first five alike, not at four, and not before 20 were tried once one is accepted', async () => {
    await refused(upTo(4), 'hard');
    expect(await tripped()).toBeNull();
    await refused([5], 'hard');
    expect(await tripped()).toBe('the first 5 readers were all refused with 5.1.1');
    await accept(6, start);
    expect(await tripped()).toBeNull();
    for (const reader of upTo(19, 7)) await accept(reader, start);
    expect(await tripped()).toBeNull();
    await accept(20, start);
    expect(await tripped()).toBe('5 of 20 readers were refused with 5.1.1');
  });

  it('does not trip because one domain refuses all its readers; other domains that join in trip it', async () => {
    await accept(100, start);
    await refused(upTo(25), 'policy');
    expect(await tripped()).toBeNull();
    await sql(
      db,
      `update subscriber r set address = 'r@d' || r.id || '.example' from delivery d join subscription s on s.id = d.subscription_id
        where r.id = s.subscriber_id and r.address like '%@example.org' and d.state = 'queued'`,
    );
    await refused(upTo(29, 26), 'policy');
    expect(await tripped()).toBe('5 of 30 readers were refused with 5.7.1');
  });
});
