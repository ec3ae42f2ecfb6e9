import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { deliveriesOf, readEdition, sendEdition, suppressed, untilEdition, untilSeeded } from './support/editions.js';
import { addReaders } from './support/readers.js';
import { ReplyServer } from './support/reply-server.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

const some = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}${n}@example.org`);
const nothingOpen = ({ counts }: { counts: Record<string, number> }) => !counts.armed;

const strict = ['a', 'b', 'c'].map((name) => `${name}@strict.example`);

let relay: ReplyServer;
let desk: Service;

async function begin(readers: string[], env: Record<string, string> = {}): Promise<void> {
  relay = await ReplyServer.start();
  desk = await startService({ env: { SMTP_URL: relay.url, ...env } });
  await untilSeeded(desk);
  await addReaders(desk, readers);
}

const alarms = async (kind: string): Promise<number> => {
  const text = await (await fetch(`${desk.baseUrl}/metrics`)).text();
  return Number(new RegExp(`^alarms_total\\{kind="${kind}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
};

/** An edition, until nobody but the readers of a domain that rests is left. */
async function sendToTheEnd(): Promise<void> {
  const { id } = await sendEdition(desk);
  await untilEdition(desk, id, 'over', ({ counts, state }) => {
    const { queued = 0, armed = 0 } = counts;
    return state === 'sending' && queued <= strict.length && armed === 0;
  });
}

async function change(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: desk.databaseUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

describe('refusals', () => {
  const said: Record<string, string> = {
    gone: '550 5.1.1 no such user',
    unclear: '550 no',
    full: '552 5.2.2 over quota',
    group: '550 5.7.133 the sender is not authenticated for this group',
  };
  beforeAll(async () => {
    await begin([...some('ok', 30), ...Object.keys(said).map((name) => `${name}@example.net`), ...strict]);
    relay.say = (phase, to) => {
      if (phase !== 'recipient') return undefined;
      return to.endsWith('@strict.example') ? '554 5.7.1 your network is blocked' : said[to.split('@')[0]!];
    };
  });

  it('suppress whom no server knows, at once; who is only full or refused without a word is given time', async () => {
    const { id } = await sendEdition(desk);
    const { counts } = await untilEdition(desk, id, 'done', ({ state }) => state === 'done');
    expect(counts).toEqual({ accepted: 30, refused: 7 });
    expect(await suppressed(desk)).toEqual(['gone@example.net']);
    expect(await alarms('domain')).toBe(1);
  });

  it('of two editions that agree suppress; a domain that refuses several is left alone, one that refuses a single reader is not', async () => {
    relay.tried.length = 0;
    const { id } = await sendEdition(desk);
    await untilEdition(desk, id, 'sent', ({ counts }) => counts.accepted === 30 && counts.refused === 3);
    await until(
      'the suppression',
      5_000,
      async () => (await suppressed(desk)).includes('unclear@example.net') || undefined,
    );
    expect(await suppressed(desk)).toEqual(['gone@example.net', 'unclear@example.net']);
    expect(relay.tried).not.toContain('gone@example.net');
    expect(relay.tried.filter((to) => strict.includes(to))).toEqual([]);
    expect(relay.tried).toContain('group@example.net');
    const [waiting] = await deliveriesOf(desk, id, 'queued');
    expect(waiting).toMatchObject({ attempt: 0 });
    expect(Date.parse(waiting!.nextAt!) - Date.now()).toBeGreaterThan(4 * 60_000);
  });

  it('for a full mailbox suppress after three editions over seven days, not before', async () => {
    await sendToTheEnd();
    await sendToTheEnd();
    expect(await suppressed(desk)).not.toContain('full@example.net');
    await change(`update delivery set planned_at = planned_at - interval '8 days'
                   where id = (select min(id) from delivery where cause = 'full')`);
    await sendToTheEnd();
    await until('the suppression', 5_000, async () => (await suppressed(desk)).find((one) => one.startsWith('full')));
  });

  it('suppress no more than a day allows, and raise an alarm instead', async () => {
    for (const address of some('bounced', 20))
      await desk.api('/api/v1/suppressions', { method: 'POST', body: { address, reason: 'bounce' } });
    await addReaders(desk, ['gone@second.example']);
    await sendToTheEnd();
    await until('the alarm', 5_000, async () => ((await alarms('suppressions')) === 1 ? true : undefined));
    expect(await suppressed(desk)).not.toContain('gone@second.example');
  });
});

describe('a relay that refuses everybody', () => {
  const readers = some('reader', 40);
  beforeAll(() => begin(readers, { SMTP_CONNECTIONS: '1' }));
  beforeEach(() => {
    relay.tried.length = 0;
    relay.accepted.length = 0;
  });

  it('stops the edition, and costs no more than a few readers their subscription', async () => {
    relay.say = (phase) => (phase === 'recipient' ? '550 5.1.1 no such user' : undefined);
    const { id } = await sendEdition(desk);
    const stopped = await untilEdition(desk, id, 'paused', (seen) => seen.state === 'paused' && nothingOpen(seen));
    expect(stopped.reason).toContain('5.1.1');
    expect(relay.tried.length).toBeLessThan(readers.length - 10);
    expect((await suppressed(desk)).length).toBeLessThan(5);
    expect(await alarms('breaker')).toBe(1);

    relay.say = () => undefined;
    const resumed = await desk.api(`/api/v1/editions/${id}/resume`, { method: 'POST' });
    expect(await resumed.json()).toMatchObject({ state: 'sending', reason: null });
    const done = await untilEdition(desk, id, 'done', ({ state }) => state === 'done');
    expect(done.counts.refused).toBeLessThan(15); // those that were at the relay already
    expect(done.counts.accepted).toBe(readers.length - done.counts.refused!);
  });

  it.each([
    ['letter', 'letter' as const, '554 5.6.0 bad form', 'refused'],
    ['sender', 'sender' as const, '550 5.7.1 who are you', 'queued'],
  ])('for the %s stops the edition, says why and suppresses nobody', async (word, phase, reply, state) => {
    const before = await suppressed(desk);
    relay.say = (asked) => (asked === phase ? reply : undefined);
    const { id } = await sendEdition(desk);
    const stopped = await untilEdition(desk, id, 'paused', (seen) => seen.state === 'paused' && nothingOpen(seen));
    expect(stopped.reason).toBe(`the relay refuses the ${word}: ${reply}`);
    expect(stopped.counts[state]).toBeGreaterThan(0);
    expect(stopped.counts.refused ?? 0).toBeLessThan(9);
    expect(await suppressed(desk)).toEqual(before);
    await desk.api(`/api/v1/editions/${id}/cancel`, { method: 'POST' });
  });

  it('for their size stops the edition before a single reader is named, and all have their letter once it takes them', async () => {
    const before = await suppressed(desk);
    const again = async (size: number | null) => {
      await relay.close(); // a kept-open session has been told the size already
      relay.size = size;
      await relay.open();
    };
    relay.say = () => undefined;
    await again(2_000);
    const { id } = await sendEdition(desk);
    const stopped = await untilEdition(desk, id, 'paused', (seen) => seen.state === 'paused' && nothingOpen(seen));
    expect(stopped.reason).toBe('the relay refuses the letter: 552 5.3.4 Message size larger than allowed 2000');
    expect([relay.tried, await suppressed(desk)]).toEqual([[], before]);

    await again(null);
    const act = (verb: string) => desk.api(`/api/v1/editions/${id}/${verb}`, { method: 'POST' });
    expect([(await act('resume')).status, (await act('retry')).status]).toEqual([200, 200]);
    await untilEdition(desk, id, 'all', ({ counts }) => counts.accepted === readers.length - before.length);
  });

  it('because it is away keeps every letter, uncharged, and tells it in our words', async () => {
    const before = await suppressed(desk);
    relay.say = () => undefined;
    await relay.close();
    const { id } = await sendEdition(desk);
    const waiting = await until('health to tell', 20_000, async () => {
      const { status, degraded, details } = await desk.readiness();
      return status === 200 && degraded.includes('smtp') && (await alarms('channel')) > 0 ? details : undefined;
    });
    expect(waiting.smtp!.message).toBe('The relay cannot be reached: nobody listens at SMTP_URL.');
    const rows = await deliveriesOf(desk, id, 'queued');
    expect(rows.every(({ attempt }) => attempt === 0)).toBe(true);
    expect((await readEdition(desk, id)).counts.refused).toBeUndefined();

    await relay.open();
    const done = await untilEdition(desk, id, 'done', ({ state }) => state === 'done');
    expect(done.counts.accepted).toBe(rows.length);
    expect(await suppressed(desk)).toEqual(before);
  });
});
