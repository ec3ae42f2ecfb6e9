import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Config } from '../src/config.js';
import type { Alarms } from '../src/health/alarms.js';
import { SignUpCaps } from '../src/subscribers/sign-up-caps.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

let instances: Service[];
let db: pg.Client;

/** Posts to the instances in turn, from a network of its own unless one is named. */
let posts = 0;
const post = (fields: Record<string, string>, network = `10.${posts >> 8}.${posts & 255}`) =>
  fetch(`${instances[posts++ % 2]!.baseUrl}/subscribe`, {
    method: 'POST',
    headers: { 'x-forwarded-for': `${network}.7` },
    body: new URLSearchParams(fields),
  });

beforeAll(async () => {
  const env = { TRUSTED_PROXIES: '127.0.0.1', SIGN_UPS_PER_NETWORK: '30', SIGN_UPS_PER_DOMAIN: '12' };
  const first = await startService({ env });
  instances = [first, await startService({ env, beside: first })];
  db = new pg.Client(first.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
});

afterAll(() => db.end());

describe('caps on sign-up, on two instances together', () => {
  it('tells a network over its cap to wait, and serves the others', async () => {
    const answers = [];
    for (let i = 0; i < 12; i += 1) answers.push(await post({ email: `reader@n${i}.example` }, '192.0.2'));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(200), 429, 429]);
    expect(Number(answers.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answers.at(-1)!.text()).toContain('Too many attempts');
    expect((await post({ email: 'other@n1.example' }, '198.51.100')).status).toBe(200);
  });

  it('takes a form of ours for a third of one that is not', async () => {
    const page = await (await fetch(instances[0]!.baseUrl)).text();
    const formTime = /name="formTime" value="([^"]+)"/.exec(page)![1]!;
    const statuses = [];
    for (let i = 0; i < 31; i += 1)
      statuses.push((await post({ email: `reader@o${i}.example`, formTime }, '203.0.113')).status);
    expect(statuses).toEqual([...Array<number>(30).fill(200), 429]);
    const altered = `${formTime.slice(0, -1)}${formTime.endsWith('A') ? 'B' : 'A'}`;
    await post({ email: 'reader@altered.example', formTime: altered }, '203.0.114');
    const { rows } = await db.query(`select points from sign_up_count where key = 'network:203.0.114.0/24'`);
    expect(rows).toEqual([{ points: 3 }]);
  });

  it('writes to one mail domain as often as the cap says, with the same page after it, and raises an alarm', async () => {
    const pages: string[] = [];
    for (let i = 0; i < 10; i += 1) pages.push(await (await post({ email: `reader${i}@bombed.example` })).text());
    expect(new Set(pages.map((page, i) => page.replaceAll(`reader${i}@`, 'reader@'))).size).toBe(1);
    await post({ email: 'last@elsewhere.example' });
    const { mailbox } = instances[0]!;
    await mailbox.waitForLetters('last@elsewhere.example');
    await until('the four letters within the cap', 30_000, async () => {
      const letters = await Promise.all(pages.map((_, i) => mailbox.letters(`reader${i}@bombed.example`)));
      return letters.flat().length === 4 || undefined;
    });
    const { rows } = await db.query(`select count(*)::int as waiting from outbox where state = 'queued'`);
    expect(rows).toEqual([{ waiting: 0 }]);
    expect(
      instances
        .map(({ logs }) => logs)
        .join('')
        .match(/over SIGN_UPS_PER_DOMAIN/g),
    ).toHaveLength(1);
  });

  it('writes once to one mailbox, in however many spellings it is asked for at once', async () => {
    const tagged = Array.from({ length: 40 }, (_, n) => `victim+${n}@tagged.example`);
    const dotted = ['vic.tim@gmail.com', 'victim@googlemail.com', 'V.I.C.T.I.M+a@GMail.com', 'vi.c.tim+b@gmail.com'];
    await Promise.all([...tagged, ...dotted].map((email) => post({ email })));
    await post({ email: 'end@elsewhere.example' });
    await instances[0]!.mailbox.waitForLetters('end@elsewhere.example');
    for (const [pattern, many] of [
      ['victim+%@tagged.example', 1],
      ['%@g%mail.com', 1],
    ] as const) {
      const { rows } = await db.query(
        `select count(*)::int as letters from outbox o join subscriber r on r.id = (o.ids ->> 'subscriber')::bigint
          where o.kind <> 'nothing' and r.address like $1`,
        [pattern],
      );
      expect([pattern, rows]).toEqual([pattern, [{ letters: many }]]);
    }
    const { rowCount } = await db.query(`select 1 from subscriber where address = any($1)`, [tagged]);
    expect(rowCount).toBe(40);
  });

  it('forgets counts whose hour is over, and no other', async () => {
    const now = Temporal.Instant.from('2099-11-24T08:00:00Z'); // the services forget, too: nothing of 2099
    for (const [key, after] of [
      ['over', -1],
      ['just over', 0],
      ['not over', 1],
    ] as const)
      await db.query(`insert into sign_up_count values ($1, 1, $2)`, [key, now.epochMilliseconds + after]);
    const own = await new DataSource({ type: 'postgres', url: instances[0]!.databaseUrl }).initialize();
    await new SignUpCaps(own, {} as Alarms, { SIGN_UPS_PER_NETWORK: 0, SIGN_UPS_PER_DOMAIN: 0 } as Config).forget(now);
    await own.destroy();
    const { rows } = await db.query<{ key: string }>(`select key from sign_up_count where key like '%over' order by 1`);
    expect(rows.map(({ key }) => key)).toEqual(['just over', 'not over']);
  });

  it('answers a program that fills in the trap as it answers all, and keeps nothing of it', async () => {
    const answer = await post({ email: 'trapped@example.org', website: 'https://spam.example' });
    expect(answer.status).toBe(200);
    const { rows } = await db.query(`select id from subscriber where address = 'trapped@example.org'`);
    expect(rows).toEqual([]);
  });
});
