import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../src/config.js';
import type { Clock } from '../src/database/database.module.js';
import { sql } from '../src/database/sql.js';
import { nextAttempts, type Attempt } from '../src/deliveries/attempt.js';
import type { LedgerAge } from '../src/deliveries/ledger-age.js';
import { LedgerWriter } from '../src/deliveries/ledger-writer.js';
import type { WorkerIdentity } from '../src/deliveries/worker-identity.js';
import { readReply } from '../src/mail/smtp-outcome.js';
import { Ledger, now } from './support/ledger.js';

const readers = 100;
const clock = { recent: async () => now() } as Clock;
const config = { SMTP_CONNECTIONS: 4 } as Config;
const seen = { seen: { ledger: '', word: '0', written: '0' } } as LedgerAge;
let ledger: Ledger;

beforeAll(async () => {
  ledger = await Ledger.open(readers);
});
afterAll(() => ledger.db.destroy());

describe('a worker that is taken for dead and hears late what became of a letter', () => {
  let attempt: Attempt;
  let writer: LedgerWriter;

  /** Its letter is the last that was armed; the others have gone out, and nobody knows of this one. */
  beforeEach(async () => {
    await ledger.plan();
    writer = new LedgerWriter(ledger.db, clock, { id: 'frozen' } as WorkerIdentity, seen, config);
    const [slice] = await ledger.open();
    [attempt] = (await nextAttempts(ledger.db, slice!, [], 1, now())) as [Attempt];
    expect(await writer.arm(attempt)).toBe(true);
    await ledger.write(`state = 'accepted'`, `d.state = 'queued'`);
    await ledger.tendAll();
    await ledger.close();
    expect([await ledger.state(), await ledger.counts()]).toEqual(['done', { accepted: readers - 1, unknown: 1 }]);
  });

  it.each([
    ['that it was taken', '250 2.0.0 taken', { accepted: readers }],
    ['that it was refused', '550 5.1.1 no such user', { accepted: readers - 1, refused: 1 }],
  ])('is believed: %s', async (_what, reply, expected) => {
    await writer.settle(attempt, readReply('letter', reply));
    await ledger.closeEditions.run(now());
    expect([await ledger.open(), await ledger.state(), await ledger.counts()]).toEqual([[], 'done', expected]);
  });

  it('and its letter, which is to come again, waits in an open slice of an edition that goes on', async () => {
    await writer.settle(attempt, readReply('letter', '451 4.3.0 later'));
    expect(await ledger.counts()).toEqual({ accepted: readers - 1, queued: 1 });
    expect(await ledger.offered()).toEqual([]);
    await sql(ledger.db, `update slice set next_at = now() where counts is null`);
    expect(await ledger.offered()).toHaveLength(1);
    await ledger.tendAll(); // as the job does that finds nothing to read
    expect(await ledger.state()).toBe('sending');
  });
});

it('a letter that is to come again before its slice would be looked at is looked at in time', async () => {
  await ledger.plan();
  const [slice] = await ledger.open();
  const [attempt] = (await nextAttempts(ledger.db, slice!, [], 1, now())) as [Attempt];
  await sql(ledger.db, `insert into worker (id, started_at, seen_at) values ('lives', now(), clock_timestamp())`);
  const writer = new LedgerWriter(ledger.db, clock, { id: 'lives' } as WorkerIdentity, seen, config);
  expect(await writer.arm(attempt)).toBe(true);
  await ledger.write(`next_at = now() + interval '30 minutes'`, `d.state = 'queued'`);
  await ledger.tendAll();
  const looksWithin = async (minutes: number): Promise<number> =>
    (await sql(ledger.db, `select 1 from slice where next_at < now() + make_interval(mins => $1)`, [minutes])).length;
  expect(await looksWithin(10)).toBe(0);
  await writer.settle(attempt, readReply('letter', '451 4.3.0 later'));
  expect(await looksWithin(10)).toBe(1);
});
