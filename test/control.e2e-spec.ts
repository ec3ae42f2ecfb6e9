import { beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { deliveriesOf, sendEdition, suppressed, untilEdition, untilSeeded } from './support/editions.js';
import { addReaders } from './support/readers.js';
import { ReplyServer } from './support/reply-server.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

let relay: ReplyServer;
let desk: Service;
const post = (path: string, body?: unknown) => desk.api(path, { method: 'POST', body });

/** What a crash after the final dot leaves behind, without waiting for one. */
async function forgetOutcome(edition: string, address: string): Promise<void> {
  const client = new pg.Client({ connectionString: desk.databaseUrl });
  await client.connect();
  await client.query(
    `update delivery d set state = 'unknown' from subscription s, subscriber r
        where d.edition_id = $1 and s.id = d.subscription_id and r.id = s.subscriber_id and r.address = $2 returning open_slice(d)`,
    [edition, address],
  );
  await client.end();
}

beforeAll(async () => {
  relay = await ReplyServer.start();
  desk = await startService({ env: { SMTP_URL: relay.url } });
  await untilSeeded(desk);
  await addReaders(desk, ['one@example.org', 'two@example.org', 'three@example.org', 'four@example.org']);
});

describe('an edition in the hands of an admin', () => {
  it('is tried again only for those whom it failed, and told as CSV without formulas', async () => {
    relay.say = (phase, to) =>
      phase !== 'recipient' ? undefined : { one: '550 =HYPERLINK("x")', two: '550 5.1.1 gone' }[to.split('@')[0]!];
    const { id } = await sendEdition(desk);
    const first = await untilEdition(desk, id, 'done', ({ state }) => state === 'done');
    expect(first.counts).toEqual({ accepted: 2, refused: 2 });
    expect(first.rate).toBeGreaterThan(0);

    const csv = await desk.api(`/api/v1/editions/${id}/deliveries.csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await csv.text()).split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe('delivery,subscriber,address,state,attempt,messageId,reply,reason,settledAt');
    expect(lines.filter((line) => line.includes('one@example.org'))[0]).toContain(',"550 =HYPERLINK(""x"")",');

    relay.say = () => undefined;
    relay.accepted.length = 0;
    const retried = await post(`/api/v1/editions/${id}/retry`);
    expect([retried.status, await retried.json()]).toMatchObject([200, { retried: 1 }]);
    const second = await untilEdition(desk, id, 'done again', ({ state }) => state === 'done');
    expect(second.counts).toEqual({ accepted: 3, refused: 1 });
    expect(relay.accepted).toEqual(['one@example.org']);
    expect(await suppressed(desk)).toEqual(['two@example.org']);

    await post(`/api/v1/editions/${id}/retry`).then(async (again) =>
      expect(await again.json()).toMatchObject({ retried: 0 }),
    );
    expect((await post('/api/v1/editions/999999/retry')).status).toBe(404);
  });

  it('keeps an unknown delivery until an admin says what became of it', async () => {
    const { id } = await sendEdition(desk);
    await untilEdition(desk, id, 'done', ({ state }) => state === 'done');
    for (const address of ['one@example.org', 'three@example.org', 'four@example.org'])
      await forgetOutcome(id, address);
    const [four, three, one] = await deliveriesOf(desk, id, 'unknown');
    relay.accepted.length = 0;

    const resolve = (delivery: string, outcome: string) => post(`/api/v1/deliveries/${delivery}/resolve`, { outcome });
    expect(await (await resolve(one!.id, 'accepted')).json()).toMatchObject({ state: 'accepted' });
    expect(await (await resolve(three!.id, 'refused')).json()).toMatchObject({ state: 'refused' });
    const again = await resolve(one!.id, 'refused');
    expect([again.status, await again.json()]).toMatchObject([409, { allowed: [] }]);
    expect((await resolve(four!.id, 'perhaps')).status).toBe(422);

    expect((await resolve(four!.id, 'resend')).status).toBe(200);
    await until('it to be sent once more', 20_000, async () => relay.accepted[0]);
    await untilEdition(desk, id, 'done', ({ state }) => state === 'done');
    const [sent] = (await deliveriesOf(desk, id)).filter((row) => row.id === four!.id);
    expect(sent).toMatchObject({ state: 'accepted', messageId: four!.messageId });
  });

  it('sends an unknown delivery once more by itself where the list says so, and only once', async () => {
    const changed = await desk.api('/api/v1/lists/daily-news-brief', {
      method: 'PATCH',
      body: { unknownPolicy: 'resend once' },
    });
    expect(changed.status).toBe(200);
    const { id } = await sendEdition(desk);
    await untilEdition(desk, id, 'done', ({ state }) => state === 'done');
    relay.accepted.length = 0;
    await forgetOutcome(id, 'three@example.org');
    await until('it to be sent once more', 25_000, async () => relay.accepted[0]);
    await untilEdition(desk, id, 'done', ({ state, counts }) => state === 'done' && !counts.unknown);

    await forgetOutcome(id, 'three@example.org');
    const other = await sendEdition(desk);
    await untilEdition(desk, other.id, 'done', ({ state }) => state === 'done');
    await new Promise((resolve) => setTimeout(resolve, 11_000)); // a tick and more
    expect(await deliveriesOf(desk, id, 'unknown')).toHaveLength(1);
  }, 90_000);
});
