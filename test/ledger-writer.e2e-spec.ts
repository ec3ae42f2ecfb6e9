import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { sql } from '../src/database/sql.js';
import { nextAttempts, type Attempt } from '../src/deliveries/attempt.js';
import type { Age } from '../src/deliveries/ledger-age.js';
import type { LedgerWriter } from '../src/deliveries/ledger-writer.js';
import { readReply } from '../src/mail/smtp-outcome.js';
import { Ledger, now, seen, writerOn } from './support/ledger.js';
import { until } from './support/until.js';

const connections = 4;
const readers = 6;

let ledger: Ledger;
let db: DataSource;
let writer: LedgerWriter;
let attempts: Attempt[];

beforeAll(async () => {
  ledger = await Ledger.open(readers);
  db = ledger.db;
});
afterAll(() => ledger.drop());

beforeEach(async () => {
  await ledger.plan();
  writer = writerOn(db, connections);
  attempts = await read();
});

const read = (by = db): Promise<Attempt[]> =>
  nextAttempts(by, { editionId: ledger.edition, firstId: '1', lastId: '1000000000' }, [], readers, now());
const taken = () => readReply('letter', '250 2.0.0 taken');
const statesOf = async (some: Attempt[]): Promise<string[]> => {
  const rows = await sql<{ id: string; state: string }>(db, `select id, state from delivery`);
  return some.map(({ id }) => rows.find((row) => row.id === id)!.state);
};

describe('letters that are written to the ledger in one moment', () => {
  it('are armed no more at once than there are connections, and the next when one has its end', async () => {
    const armed: Attempt[] = [];
    for (const one of attempts) void writer.arm(one).then((yes) => yes && armed.push(one));
    await until('the first to be armed', 30_000, async () => (armed.length === connections ? true : undefined));
    expect((await statesOf(attempts)).filter((state) => state === 'armed')).toHaveLength(connections);

    await writer.settle(armed[0]!, taken());
    await until('one more', 30_000, async () => (armed.length === connections + 1 ? true : undefined));
    expect((await statesOf(attempts)).sort()).toEqual([
      'accepted',
      ...Array<string>(connections).fill('armed'),
      ...Array<string>(readers - connections - 1).fill('queued'),
    ]);
  });

  it('do not share the fate of one that Postgres refuses; that one is tried until it can be written', async () => {
    const [bad, ...good] = attempts.slice(0, connections);
    await Promise.all(attempts.slice(0, connections).map((one) => writer.arm(one)));
    const refused = { ...taken(), text: '250 \0' } as ReturnType<typeof taken> & { text: string };
    const last = writer.settle(bad!, refused);
    await Promise.all(good.map((one) => writer.settle(one, taken())));
    expect(await statesOf([bad!, ...good])).toEqual(['armed', ...good.map(() => 'accepted')]);
    refused.text = '250 ok';
    await last;
    expect(await statesOf([bad!])).toEqual(['accepted']);
  });

  it('are planned once by Postgres, however few they are and however many wait', async () => {
    await sql(
      db,
      `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, next_at, expires_at, message_id, planned_at)
       select d.edition_id, d.subscription_id, d.variant_id, d.kind, d.local_date + n, d.state, d.next_at, d.expires_at, d.message_id, d.planned_at
         from delivery d, generate_series(1, 3000) n where d.kind = 'special'`,
    );
    await sql(db, `analyze delivery`);
    const line = await openDataSource(ledger.url, 1);
    const quiet = writerOn(line, connections);
    for (let n = 0; n < 10; n += 1) {
      const [one, other] = await read(line);
      await quiet.arm(one!);
      await Promise.all([quiet.settle(one!, taken()), quiet.arm(other!)]);
      await quiet.settle(other!, taken());
      await sql(
        db,
        `update delivery set state = 'queued', attempt = 0, token = null, worker = null where id in ($1, $2)`,
        [one!.id, other!.id],
      );
    }
    const plans = await sql(
      line,
      `select name, custom_plans::int as anew, generic_plans::int as once from pg_prepared_statements order by name`,
    );
    await line.destroy();
    // Postgres always tries five first.
    const names = ['arm', `next ${readers} attempts`, 'settle', 'settle and arm'];
    expect(plans).toEqual(names.map((name) => ({ name, anew: 5, once: 5 })));
  });

  it('are not armed once their own end is known: the line was lost while the arm waited', async () => {
    const [one] = attempts;
    const arm = writer.arm(one!);
    const end = writer.settle(one!, { kind: 'lost', when: 'before the letter', detail: 'hang-up' });
    expect(await arm).toBe(false);
    expect((await end).state).toBe('queued');
    expect(await statesOf([one!])).toEqual(['queued']);
  });

  it('are armed by one of two that read them, and only what was read is armed: not one that was tried since', async () => {
    const [mine] = attempts;
    const [theirs] = await read();
    expect(theirs!.id).toBe(mine!.id);
    expect(await writer.arm(theirs!)).toBe(true);
    expect(await writer.arm(mine!)).toBe(false);
    await writer.settle(theirs!, readReply('letter', '451 4.3.0 later'));
    await sql(db, `update delivery set next_at = now() where id = $1`, [mine!.id]);
    expect(await writer.arm(mine!)).toBe(false);
    expect(await statesOf([mine!])).toEqual(['queued']);
  });

  it('are not armed in a ledger that is behind what this process has seen of it', async () => {
    await sql(
      db,
      `insert into home select true, system_identifier, timeline, database_oid, now(), ledger_oid from here`,
    );
    const [now] = await sql<Age>(
      db,
      `select '' as ledger, word::text as word, written::text as written from ledger_age`,
    );
    Object.assign(seen, now, { written: String(BigInt(now!.written) + 1_000_000_000n) });
    const [one] = attempts;
    expect(await writer.arm(one!)).toBe(false);
    Object.assign(seen, now);
    expect(await writer.arm(one!)).toBe(true);
  });

  it('keep what the other one wrote when a late refusal before the letter comes in', async () => {
    const [mine] = attempts;
    const [theirs] = await read();
    await writer.arm(theirs!);
    await writer.settle(theirs!, taken());
    await writer.settle(mine!, readReply('recipient', '550 5.1.1 no such user'));
    expect(await statesOf([mine!])).toEqual(['accepted']);
  });

  it('end once, however often the same end is written, and a late one takes nothing back', async () => {
    const busy = readReply('recipient', '450 4.2.1 later');
    const [first] = attempts;
    const attempt = async () =>
      (await sql<{ attempt: number }>(db, `select attempt from delivery where id = $1`, [first!.id]))[0]!.attempt;
    for (let n = 0; n < 3; n += 1) await writer.settle(first!, busy);
    expect(await attempt()).toBe(1);
    await sql(db, `update delivery set next_at = now() where id = $1`, [first!.id]);
    await writer.settle(
      (await read()).find(({ id }) => id === first!.id)!,
      busy,
    );
    await writer.settle(first!, busy);
    expect(await attempt()).toBe(2);
  });
});

it('goes with the subscription, of which it holds no key', async () => {
  const left = db.transaction(async (tx) => {
    await sql(tx, `delete from subscription where id = $1`, [attempts[0]!.subscriptionId]);
    const rows = await sql(tx, `select 1 from delivery`);
    throw Object.assign(new Error('undone'), { rows: rows.length });
  });
  await expect(left).rejects.toMatchObject({ message: 'undone', rows: readers - 1 });
});
