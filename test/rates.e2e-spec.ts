import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/database/data-source.js';
import { Rates } from '../src/mail/rates.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { deliveriesOf, sendEdition, untilEdition, untilSeeded } from './support/editions.js';
import { addReaders } from './support/readers.js';
import { ReplyServer } from './support/reply-server.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

describe('a rate', () => {
  let database: TestDatabase;
  let db: DataSource;
  const pass = (seconds: number) =>
    db.query(
      `update rate set refilled_at = refilled_at - make_interval(secs => $1), cut_at = cut_at - make_interval(secs => $1)`,
      [seconds],
    );
  const take = async (rates: Rates, count: number) =>
    (await rates.take(new Map([['domain:slow.example', count]]))).get('domain:slow.example');

  beforeAll(async () => {
    database = await freshDatabase();
    db = await new DataSource(dataSourceOptions(database.url)).initialize();
  });
  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  it('is shared, survives its processes, and gives what has come in since', async () => {
    await new Rates(db).set('domain:slow.example', 0.01);
    const [one, other] = [new Rates(db), new Rates(db)];
    const taken = await Promise.all([one, other, one, other].map((rates) => take(rates, 5)));
    expect(taken.sort()).toEqual([0, 0, 0, 1]);
    await pass(100);
    expect([await take(new Rates(db), 5), await take(new Rates(db), 5)]).toEqual([1, 0]);
    await pass(100_000);
    expect(await take(new Rates(db), 5)).toBe(1); // a bucket holds 20 s of its rate, and one letter at least
  });

  it('costs nothing, and is not asked, where there is none', async () => {
    const rates = new Rates(db);
    expect(await rates.take(new Map([['domain:fast.example', 1000]]))).toEqual(new Map());
  });

  it('is halved by each complaint, and doubles after each quiet quarter of an hour, up to what an operator allows', async () => {
    const rates = new Rates(db);
    const now = async () => (await rates.find('domain:busy.example')).now;
    await rates.cut('domain:busy.example');
    await rates.cut('domain:busy.example'); // the same complaint, by another connection
    expect(await now()).toBe(10);
    await pass(61);
    await rates.cut('domain:busy.example');
    expect(await now()).toBe(5);
    await pass(901);
    expect(await now()).toBe(10);
    await rates.set('domain:busy.example', 15);
    await pass(900);
    expect(await now()).toBe(15);
    await rates.set('domain:busy.example', null);
    expect(await now()).toBeNull();
    await rates.cut('domain:busy.example');
    await pass(8 * 900 + 1);
    expect(await now()).toBeNull();
  });
});

describe('a recipient domain with a rate', () => {
  let desk: Service;
  let relay: ReplyServer;
  const domain = (name: string, init = {}) => desk.api(`/api/v1/domains/${name}`, init);
  const limit = (name: string, perSecond: unknown) => domain(name, { method: 'PUT', body: { perSecond } });

  beforeAll(async () => {
    relay = await ReplyServer.start();
    desk = await startService({ env: { SMTP_URL: relay.url } });
    await untilSeeded(desk);
    const slow = Array.from({ length: 40 }, (_, n) => `s${n}@slow.example`);
    await addReaders(desk, [...slow, 'a@fast.example', 'b@fast.example', 'c@complains.example']);
  });

  it('lets its readers wait, uncharged, while the others have their letters', async () => {
    expect(await (await limit('SLOW.example', 0.001)).json()).toMatchObject({
      domain: 'slow.example',
      perSecond: 0.001,
    });
    relay.say = (phase, to) => (phase === 'recipient' && /complains/.test(to) ? '450 4.7.28 unusual rate' : undefined);
    const { id } = await sendEdition(desk);
    await untilEdition(desk, id, 'all but those', ({ counts }) => counts.accepted === 3 && !counts.armed);
    expect(relay.tried.filter((to) => to.endsWith('@slow.example'))).toHaveLength(1);
    const waiting = await deliveriesOf(desk, id, 'queued');
    expect(waiting.filter(({ attempt, reason }) => attempt === 0 && reason === null)).toHaveLength(39);

    const cut = await until('the complaint to be heard', 10_000, async () => {
      const { items } = (await (await desk.api('/api/v1/domains')).json()) as { items: { domain: string }[] };
      return items.find((one) => one.domain === 'complains.example');
    });
    expect(cut).toMatchObject({ perSecond: null, perSecondNow: 10, pausedUntil: null });

    expect(await (await limit('slow.example', null)).json()).toMatchObject({ perSecond: null, perSecondNow: null });
    await untilEdition(desk, id, 'all', ({ counts }) => counts.accepted === 42);
  });

  it.each([
    ['nonsense', 1, 'domain'],
    ['slow.example', 0, 'perSecond'],
    ['slow.example', 'many', 'perSecond'],
  ])('is refused when it cannot be: %s %s', async (name, perSecond, field) => {
    const response = await limit(name, perSecond);
    const problem = (await response.json()) as { errors: { path: string }[] };
    expect([response.status >= 400 && response.status < 500, problem.errors[0]!.path]).toEqual([true, field]);
  });
});
