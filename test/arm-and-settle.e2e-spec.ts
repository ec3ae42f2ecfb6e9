import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { one, sql } from '../src/database/sql.js';
import { nextAttempts, type Attempt } from '../src/deliveries/attempt.js';
import { readReply, type SmtpOutcome } from '../src/mail/smtp-outcome.js';
import { Ledger, now, writerOn } from './support/ledger.js';

let ledger: Ledger;
let db: DataSource;
let attempt: Attempt;

beforeAll(async () => {
  ledger = await Ledger.open(1);
  db = ledger.db;
});
afterAll(() => ledger.drop());

/** One letter that waits, and an attempt at it that has been read. */
beforeEach(async () => {
  for (const statement of [
    `delete from delivery`,
    `update subscription set state = 'active', paused_until = null, ended_at = null`,
    `update variant set replaced_by = null, ended_at = null`,
    `delete from variant where fingerprint <> 'f'`,
    `delete from suppression`,
    `delete from home`,
  ])
    await sql(db, statement);
  await ledger.plan();
  attempt = await read();
});

const read = async (): Promise<Attempt> =>
  (await nextAttempts(db, { editionId: ledger.edition, firstId: '1', lastId: '1000000000' }, [], 1, now()))[0]!;
const writer = () => writerOn(db, 1);
const arm = (one = attempt) => writer().arm(one);
const settle = (outcome: SmtpOutcome, one = attempt) => writer().settle(one, outcome);

interface Row {
  state: string;
  attempt: number;
  token: string | null;
  worker: string | null;
  reply: string | null;
  code: string | null;
  cause: string | null;
  reason: string | null;
  pending: boolean;
  settled: boolean;
  armed: boolean;
  tried: boolean;
  dueInMinutes: number;
}
const row = async (): Promise<Row> =>
  (await one<Row>(
    db,
    `select state, attempt, token, worker, reply, enhanced_code as code, cause, reason, effect_pending as pending,
            settled_at between now() - interval '1 minute' and now() + interval '1 minute' as settled, armed_at is not null as armed,
            tried_at = $1 as tried, round(extract(epoch from next_at - now()) / 60)::int as "dueInMinutes" from delivery`,
    [attempt.beganAt],
  ))!;

const taken = readReply('letter', '250 2.0.0 taken');
const busy = readReply('letter', '451 4.3.0 later');
const gone = readReply('recipient', '550 5.1.1 no such user');
const lost: SmtpOutcome = { kind: 'lost', when: 'after the final dot', detail: 'reset' };
const noSession: SmtpOutcome = { kind: 'no session', detail: 'nobody listens' };

describe('a letter is armed', () => {
  it('when nothing stands against it, and its row says by whom and for which attempt', async () => {
    expect(await arm()).toBe(true);
    const { token } = attempt;
    expect(await row()).toMatchObject({
      state: 'armed',
      attempt: 1,
      token,
      worker: 'a worker',
      armed: true,
      tried: true,
    });
  });

  const ended = `state = 'ended', ended_at = now()`;
  const another = `insert into variant (edition_id, locale, fingerprint, subject, preheader, stories)
                   select edition_id, locale, 'other' || random(), subject, preheader, stories from variant limit 1 returning id`;
  it.each([
    ['the reader leaves', `update subscription set ${ended}`],
    ['the reader pauses', `update subscription set state = 'paused', paused_until = now() + interval '1 day'`],
    ['the subscription waits to be confirmed again', `update subscription set state = 'pending'`],
    [
      'the address is suppressed',
      `insert into suppression (address, reason, detail, created_at) select address, 'complaint', '', now() from subscriber`,
    ],
    ['the edition is paused', `update edition set state = 'paused'`],
    ['the edition is cancelled', `update edition set state = 'cancelled'`],
    ['the edition is done', `update edition set state = 'done'`],
    ['it is put off', `update delivery set next_at = now() + interval '1 minute'`],
    ['its time is over', `update delivery set expires_at = now() - interval '1 second'`],
    ['it was tried meanwhile', `update delivery set attempt = 1`],
    ['somebody else has armed it', `update delivery set state = 'armed', token = gen_random_uuid(), worker = 'other'`],
    ['it was cancelled', `update delivery set state = 'cancelled'`],
    [
      'its text is corrected',
      `with v as (${another}) update variant set replaced_by = v.id from v where fingerprint = 'f'`,
    ],
    ['its last story is withdrawn', `update variant set ended_at = now()`],
    [
      'the database is a copy',
      `insert into home select true, system_identifier, timeline, database_oid, now(), ledger_oid + 1 from here`,
    ],
  ])('not when, since it was read, %s', async (_what, statement) => {
    await sql(db, statement);
    const before = await row();
    expect(await arm()).toBe(false);
    expect(await row()).toEqual(before);
  });

  it.each([
    [
      'the reader’s pause is over',
      `update subscription set state = 'paused', paused_until = now() - interval '1 second'`,
    ],
    [
      'it is a welcome of an edition that is done',
      `with e as (update edition set state = 'done') update delivery set kind = 'welcome'`,
    ],
    [
      'another address is suppressed',
      `insert into suppression (address, reason, detail, created_at) values ('x@example.org', 'bounce', '', now())`,
    ],
    [
      'another text of the edition is withdrawn',
      `insert into variant (edition_id, locale, fingerprint, subject, preheader, stories, ended_at)
       select edition_id, locale, 'other', subject, preheader, stories, now() from variant`,
    ],
  ])('also when %s', async (_what, statement) => {
    await sql(db, statement);
    expect(await arm()).toBe(true);
  });

  it('with the text that was read: a corrected one', async () => {
    const made = await one<{ id: string }>(db, another);
    await sql(db, `update variant set replaced_by = $1 where fingerprint = 'f'`, [made!.id]);
    attempt = await read();
    expect([attempt.variantId, await arm()]).toEqual([made!.id, true]);
    expect(await one(db, `select variant_id as id from delivery`)).toEqual({ id: made!.id });
  });
});

describe('what became of an armed letter is written', () => {
  beforeEach(() => arm());

  it.each<[string, SmtpOutcome, Partial<Row>]>([
    [
      'accepted',
      taken,
      { state: 'accepted', reply: '250 2.0.0 taken', code: '2.0.0', cause: null, settled: true, worker: 'a worker' },
    ],
    [
      'refused, with what is to be done about it',
      readReply('letter', '550 5.1.1 no such user'),
      { state: 'refused', code: '5.1.1', cause: 'hard', pending: true, settled: true },
    ],
    [
      'to come again',
      busy,
      { state: 'queued', attempt: 1, cause: 'busy', pending: false, token: null, worker: null, settled: false },
    ],
    ['unknown', lost, { state: 'unknown', reply: null, reason: 'line lost after the final dot: reset', settled: true }],
  ])('%s', async (_what, outcome, expected) => {
    await settle(outcome);
    const { settled, ...rest } = await row();
    expect({ ...rest, settled: settled ?? false }).toMatchObject({ armed: true, tried: true, ...expected });
  });

  it('once: what comes under another token, or later, changes nothing', async () => {
    await settle(taken, { ...attempt, token: crypto.randomUUID() });
    expect((await row()).state).toBe('armed');
    await settle(taken);
    const first = await row();
    await settle(readReply('letter', '550 5.1.1 no'));
    await settle(busy);
    expect(await row()).toEqual(first);
  });

  it('also when the worker was taken for dead: heard late, and its slice is looked at again', async () => {
    await ledger.write(`state = 'unknown', reason = 'its worker died'`);
    await ledger.tendAll();
    expect(await ledger.open()).toEqual([]);
    await settle(lost);
    expect(await row()).toMatchObject({ state: 'unknown', reason: 'line lost after the final dot: reset' });
    await settle(taken);
    expect(await row()).toMatchObject({ state: 'accepted', reason: 'heard late' });
    expect(await ledger.open()).toHaveLength(1);
  });

  it('and one that is to come again is looked for when it is due', async () => {
    await ledger.tendAll();
    await settle(busy);
    await ledger.tendAll();
    expect((await row()).dueInMinutes).toBeGreaterThanOrEqual(5);
    expect(await one(db, `select s.next_at = d.next_at as same from slice s, delivery d`)).toEqual({ same: true });
  });
});

describe('what became of a letter before it was armed is written', () => {
  it('refused', async () => {
    await settle(gone);
    expect(await row()).toMatchObject({
      state: 'refused',
      attempt: 1,
      cause: 'hard',
      settled: true,
      pending: true,
      tried: true,
    });
  });

  it('to come again, charged or not', async () => {
    await settle(readReply('recipient', '450 4.2.1 later'));
    expect(await row()).toMatchObject({ state: 'queued', attempt: 1, cause: 'busy', settled: null });
    await sql(db, `update delivery set next_at = now()`);
    attempt = await read();
    await settle(noSession);
    expect(await row()).toMatchObject({ state: 'queued', attempt: 1, cause: 'transport', settled: null });
  });

  it.each([
    ['it was tried meanwhile', `update delivery set attempt = 1`],
    ['it was cancelled', `update delivery set state = 'cancelled'`],
    [
      'another worker has armed it',
      `update delivery set state = 'armed', attempt = 1, token = gen_random_uuid(), worker = 'other'`,
    ],
  ])('not when %s', async (_what, statement) => {
    await sql(db, statement);
    const before = await row();
    await settle(gone);
    await settle(noSession);
    expect(await row()).toEqual(before);
  });

  it('never as accepted or unknown: what was not armed did not go out', async () => {
    await settle(taken);
    await settle(lost);
    expect(await row()).toMatchObject({ state: 'queued', attempt: 0 });
  });
});
