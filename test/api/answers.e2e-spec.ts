import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Admin } from '../support/admin.js';
import { sendEdition, untilEdition, untilSeeded } from '../support/editions.js';
import { addReaders } from '../support/readers.js';
import { ReplyServer } from '../support/reply-server.js';
import { startService, type Service } from '../support/service.js';

const list = '/lists/daily-news-brief';
const mjml = /```mjml\n([\s\S]*?)```/.exec(readFileSync('docs/TEMPLATES.md', 'utf8'))![1]!;

let relay: ReplyServer;
let desk: Service;

beforeAll(async () => {
  relay = await ReplyServer.start();
  desk = await startService({ env: { SMTP_URL: relay.url } });
  await untilSeeded(desk);
  await addReaders(desk, ['one@example.org']);
});

interface Answered {
  id: string;
  items: { id: string; timeZone: string; state: string }[];
}

/** What a success answers; the service's helper has held it to the API's document. */
async function ask(path: string, method = 'GET', body?: object): Promise<Answered> {
  const { status, json } = await new Admin(desk).ask<Answered>(path, { method, body });
  expect([method, path, Math.floor(status / 100)]).toEqual([method, path, 2]);
  return json;
}

describe('what no other test asks is answered as the document says', () => {
  it('of lists, stories and sources', async () => {
    expect((await ask('/lists')).items).toHaveLength(1);
    const { items } = await ask('/stories');
    expect(await ask(`/stories/${items[0]!.id}`)).toEqual(items[0]);
    await ask('/sources', 'POST', { url: 'https://news.example/feed' });
    await ask('/sources/opml');
  });

  it('of readers, and of how they came', async () => {
    const [reader] = (await ask('/subscribers')).items;
    expect(await ask(`/subscribers/${reader!.id}`)).toEqual(reader);
    expect((await ask('/subscriptions')).items).toHaveLength(1);
    const lines = [{ address: 'two@example.org' }, { address: 'nobody' }];
    const consent = { source: 'a fair', at: '2026-01-01T00:00:00Z' };
    const made = { list: 'daily-news-brief', subscribers: lines, consent, dryRun: false };
    const { id } = await ask('/imports', 'POST', made);
    expect(await ask(`/imports/${id}`)).toMatchObject({ counts: { added: 1, refused: 1 }, consent });
  });

  it('of suppressions, which can be lifted', async () => {
    await ask('/suppressions', 'POST', { address: 'three@example.org' });
    await ask('/suppressions/three@example.org', 'DELETE');
    expect((await ask('/suppressions')).items).toEqual([]);
  });

  it('of an article that was put right', async () => {
    const { id } = await ask('/articles', 'POST', { title: 'Talks go on', body: '<p>They do.</p>' });
    const right = { text: 'The talks are over, not going on.', title: 'Talks are over' };
    await ask(`/articles/${id}/corrections`, 'POST', right);
    const { items } = await ask(`/articles/${id}/corrections`);
    expect(items).toMatchObject([{ articleId: id, kind: 'corrected', was: { title: 'Talks go on' } }]);
  });

  it('of a template, and of an issue before it goes out', async () => {
    await ask(`${list}/template`, 'PUT', { mjml });
    expect(await ask(`${list}/template`)).toMatchObject({ draft: mjml, live: null });
    const today = `${list}/issues/${Temporal.Now.plainDateISO('UTC').toString()}`;
    await ask(`${today}/preview`);
    await ask(`${today}/preview?format=text`);
    expect(await ask(`${today}/proof`, 'POST', { addresses: ['desk@example.org'] })).toMatchObject({
      results: [{ address: 'desk@example.org', accepted: true }],
    });
  });

  it('of where letters go, and of an edition that is paused, with its deliveries', async () => {
    expect(await ask('/restore')).toMatchObject({ atHome: true, rewoundAt: null });
    expect(await ask('/domains/example.org')).toMatchObject({ perSecond: null, pausedUntil: null });
    relay.say = (phase) => (phase === 'recipient' ? '451 4.3.0 later' : undefined);
    const { id } = await sendEdition(desk);
    await untilEdition(desk, id, 'sending', ({ state }) => state === 'sending');
    expect(await ask(`/editions/${id}/pause`, 'POST')).toMatchObject({ state: 'paused' });
    expect((await ask('/editions')).items[0]).toMatchObject({ id, state: 'paused' });
    const { items } = await ask(`/deliveries?edition=${id}`);
    expect(await ask(`/deliveries/${items[0]!.id}`)).toMatchObject({ edition: id, state: 'queued' });
  });
});
