import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
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

describe('a body of an odd shape', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const odd = [
    ...[deep(5_000), deep(100_000), `{"title":${deep(5_000)}}`, `{"a":`.repeat(5_000) + '1' + '}'.repeat(5_000)],
    ...[
      '1e400',
      '-1',
      '1e-50',
      '""',
      'null',
      '[]',
      '{}',
      '"\\u0000"',
      '{"__proto__":{"a":1}}',
      '{"address":"\\ud800"}',
    ],
    '{"weight":1e-50,"floor":1e-50,"perSecond":1e-50,"version":9007199254740991,"url":"https://paper.example/feed"}',
    '{"title":"\\u200b","name":"\\u200b","owner":"\\u200b","body":"<p>x</p>","slug":"odd"}',
  ];

  it('is refused by every route, and breaks none', async () => {
    const document = (await (await fetch(`${desk.baseUrl}/api/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const tomorrow = Temporal.Now.plainDateISO().add({ days: 1 }).toString();
    const values: Record<string, string> = { slug: 'daily-news-brief', date: tomorrow, domain: 'odd.example' };
    const routes = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => ['post', 'put', 'patch'].includes(method))
        .map(
          (method) =>
            [method.toUpperCase(), path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '999999')] as const,
        ),
    );
    expect(routes.length).toBeGreaterThan(30);
    const broken: string[] = [];
    for (const [method, path] of routes)
      for (const body of odd) {
        const { status } = await desk.api(path, { method, body, headers: { 'content-type': 'application/json' } });
        if (status >= 500) broken.push(`${method} ${path} ${body.slice(0, 40)}: ${status}`);
      }
    expect(broken).toEqual([]);
  }, 120_000);

  it('breaks no form either', async () => {
    const headers = { 'content-type': 'application/json' };
    const statuses = await Promise.all(
      ['/subscribe', '/confirm/x', '/unsubscribe/x', '/preferences/x', '/desk/sign-in'].flatMap((path) =>
        odd.map(async (body) => (await fetch(`${desk.baseUrl}${path}`, { method: 'POST', headers, body })).status),
      ),
    );
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
  });

  it('that comes a byte at a time is cut', async () => {
    const { port } = new URL(desk.baseUrl);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'POST /subscribe HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n',
    );
    const drip = setInterval(() => socket.write('a'), 500);
    const started = performance.now();
    await new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());
    clearInterval(drip);
    expect(performance.now() - started).toBeLessThan(45_000);
  }, 60_000);
});
