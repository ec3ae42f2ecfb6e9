import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseFeed } from 'feedsmith';
import { Admin } from './support/admin.js';
import { runAt } from './support/moved-clock.js';
import { addReaders, pushArticles } from './support/readers.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

interface Edition {
  id: string;
  state: string;
  kind: string;
  subject: string;
  counts: Record<string, number>;
}

let service: Service;
let admin: Admin;

/** The sample comes in meanwhile: the newest articles need not be ours. */
async function articleOf(title: string): Promise<{ id: string; title: string }> {
  const { json } = await admin.ask<{ items: { id: string; title: string }[] }>('/articles?limit=200');
  return json.items.find((article) => article.title === title)!;
}

beforeAll(async () => {
  service = await startService();
  admin = new Admin(service);
  await addReaders(service, ['one@example.org', 'two@example.org', 'gone@example.org']);
  await pushArticles(service, ['First of all', 'Second to none']);
});

describe('a service without sources', () => {
  it('says so: at the desk before the hour, and of the edition that is skipped', async () => {
    const empty = await startService({ env: { ROLES: 'web', SEED: 'none' } });
    await empty.api('/api/v1/lists', { method: 'POST', body: { slug: 'empty', name: 'Empty', timeZone: 'UTC' } });
    await addReaders(empty, ['hungry@example.org']);
    const morning = Temporal.Now.zonedDateTimeISO('UTC').toPlainDate().add({ days: 2 });
    const candidates = await empty.api(`/api/v1/lists/empty/issues/${morning.toString()}/candidates`);
    expect(await candidates.json()).toEqual({ items: [], nextCursor: null });
    await runAt(empty, morning.toZonedDateTime({ timeZone: 'UTC', plainTime: '07:00:02' }), async (instance) => {
      const reason = await until('the skipped edition', 30_000, async () => {
        const path = `/api/v1/lists/empty/issues/${morning.toString()}/rundown`;
        const { editions } = (await (await instance.api(path)).json()) as { editions: { reason: string | null }[] };
        return editions[0]?.reason ?? undefined;
      });
      expect(reason).toMatch(
        /^fewer than \d+ stories: no source is being read and nobody pushed an article; add a source/,
      );
    });
  }, 90_000);
});

describe('a special edition', () => {
  it('goes to every active subscription that no suppression stands against, with the named articles', async () => {
    await admin.post('/suppressions', { address: 'gone@example.org', reason: 'manual' });
    const pushed = [await articleOf('Second to none'), await articleOf('First of all')];
    const ids = pushed.map(({ id }) => id);
    const created = await admin.post<Edition>('/editions', { list: 'daily-news-brief', articles: ids });
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({ kind: 'special', subject: 'Second to none' });
    const done = await until('the edition to be done', 30_000, async () => {
      const { json } = await admin.ask<Edition>(`/editions/${created.json.id}`);
      return json.state === 'done' ? json : undefined;
    });
    expect(done.counts).toEqual({ accepted: 2 });
    const [letter] = await service.mailbox.waitForLetters('one@example.org');
    expect(letter!.headers).toMatchObject({
      'list-id': expect.stringContaining('<daily-news-brief.'),
      'list-unsubscribe': expect.stringMatching(/^<http:\/\/localhost:\d+\/unsubscribe\/[^>]+>$/),
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'auto-submitted': 'auto-generated',
      precedence: 'bulk',
      'feedback-id': expect.stringMatching(/^\d+:daily-news-brief:special:/),
      'message-id': expect.stringMatching(/^<e\d+\.s\d+@/),
    });
    expect(await service.mailbox.letters('gone@example.org')).toEqual([]);
    const { json: ledger } = await admin.ask<{ items: { state: string; reply: string }[] }>(
      `/deliveries?edition=${created.json.id}&state=accepted`,
    );
    expect(ledger.items.map(({ reply }) => reply)).toEqual([
      expect.stringMatching(/^250/),
      expect.stringMatching(/^250/),
    ]);
  });

  it('has a web copy that names no reader, and stands in each reader’s own archive and feed', async () => {
    const [letter] = await service.mailbox.waitForLetters('one@example.org');
    const web = new URL(/<(.+)>/.exec(letter!.headers['archived-at']!)![1]!).pathname;
    expect(web).toMatch(/^\/letters\//);
    expect(letter!.html).toContain(web);
    const copy = await fetch(service.baseUrl + web);
    expect([copy.status, copy.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
    const html = await copy.text();
    expect(html).toContain('Second to none');
    expect(html).not.toMatch(/\/(preferences|unsubscribe)\//);
    expect((await fetch(`${service.baseUrl}${web}x`)).status).toBe(404);

    const preferences = new URL(/http\S+\/preferences\/\S+/.exec(letter!.text)![0]).pathname;
    const page = await (await fetch(service.baseUrl + preferences)).text();
    const mine = /href="(\/my\/[\w.-]+)"/.exec(page)![1]!;
    expect(await (await fetch(service.baseUrl + mine)).text()).toContain(`href="${web}"`);
    const feed = await fetch(`${service.baseUrl}${mine}/feed.xml`);
    expect(feed.headers.get('content-type')).toContain('application/atom+xml');
    expect(parseFeed(await feed.text())).toMatchObject({
      format: 'atom',
      feed: { entries: [{ title: { value: 'Second to none' } }] },
    });
    expect((await fetch(`${service.baseUrl}/my/${preferences.split('/')[2]}`)).status).toBe(404);
  });

  it('is previewed as html and text, and proofed to the given addresses only', async () => {
    const { json } = await admin.ask<{ items: Edition[] }>('/editions?limit=1');
    const id = json.items[0]!.id;
    const html = await admin.ask(`/editions/${id}/preview`);
    expect(html.text).toMatch(/^<!doctype html>/i);
    expect(html.text).toContain('Second to none');
    expect((await admin.ask(`/editions/${id}/preview?format=text`)).text).toContain('Second to none');
    const proof = await admin.post<{ results: { accepted: boolean }[] }>(`/editions/${id}/proof`, {
      addresses: ['desk@example.org'],
    });
    expect(proof.json.results).toMatchObject([{ address: 'desk@example.org', accepted: true }]);
    const [letter] = await service.mailbox.waitForLetters('desk@example.org');
    expect(letter!.subject).toMatch(/^\[proof\] /);
    expect(letter!.text).not.toContain('/unsubscribe/k1.');
  });

  it.each([
    ['an unknown list', { list: 'nope' }, 422, 'list'],
    ['an unknown article', { list: 'daily-news-brief', articles: ['999999'] }, 422, 'articles'],
    ['no list', {}, 422, 'list'],
    ['an unknown field', { list: 'daily-news-brief', when: 'now' }, 422, 'when'],
  ])('is refused for %s', async (_what, body, status, path) => {
    const answer = await admin.post<{ status: number; errors: { path: string }[] }>('/editions', body);
    expect(answer.status).toBe(status);
    expect(answer.json.errors[0]!.path).toBe(path);
  });

  it('that is done cannot be paused: 409', async () => {
    const { json } = await admin.ask<{ items: Edition[] }>('/editions?limit=1');
    const answer = await admin.post<{ allowed: string[] }>(`/editions/${json.items[0]!.id}/pause`, {});
    expect(answer.status).toBe(409);
    expect(answer.json.allowed).not.toContain('paused');
    expect((await admin.post('/editions/999999/pause', {})).status).toBe(404);
  });

  it('with the same stories goes out once, however often it is asked for, unless the editor says “again”', async () => {
    await admin.post('/lists', { slug: 'breaking', name: 'Breaking', timeZone: 'UTC' });
    const consent = { source: 'the journeys of the test', at: '2026-01-01T00:00:00Z' };
    await admin.post('/subscribers', { address: 'breaking@example.org', list: 'breaking', confirmed: true, consent });
    const [first, second] = [await articleOf('First of all'), await articleOf('Second to none')];
    const ask = (articles: { id: string }[], more: object = {}) =>
      admin.post<{ id: string; detail: string }>('/editions', {
        ...{ list: 'breaking', articles: articles.map(({ id }) => id), ...more },
      });
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask([first])));
    const made = asked.filter(({ status }) => status === 201);
    expect(made.length).toBe(1);
    const refused = asked.filter((answer) => answer !== made[0]);
    for (const { status, json } of refused)
      expect([status, json.detail]).toEqual([
        409,
        expect.stringMatching(new RegExp(`^Edition ${made[0]!.json.id} went to this list .*"again": true`)),
      ]);
    expect((await ask([first, second])).status).toBe(201);
    expect((await ask([second, first])).status).toBe(409);
    expect((await ask([first], { again: true })).status).toBe(201);
    const { json } = await admin.ask<{ items: Edition[] }>('/editions?list=breaking');
    expect(json.items.length).toBe(3);
    const letters = await service.mailbox.waitForLetters('breaking@example.org', { count: 3, timeoutMs: 40_000 });
    expect(new Set(letters.map(({ headers }) => headers['message-id'])).size).toBe(3);
  });
});

describe('issues', () => {
  it('name their editions', async () => {
    const { json } = await admin.ask<{ items: { list: string; date: string; editions: object[] }[] }>(
      '/issues?list=daily-news-brief',
    );
    expect(json.items[0]).toMatchObject({ list: 'daily-news-brief', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    expect(json.items[0]!.editions.length).toBeGreaterThan(0);
  });

  it('have none before one is opened, as the desk prepares them', async () => {
    const date = Temporal.Now.plainDateISO('UTC').add({ days: 5 }).toString();
    const rundown = { version: 0, note: 'In good time' };
    const path = `/lists/daily-news-brief/issues/${date}/rundown`;
    expect((await admin.ask(path, { method: 'PUT', body: rundown })).status).toBe(200);
    const { json } = await admin.ask<{ items: object[] }>('/issues?limit=1');
    expect(json.items).toMatchObject([{ date, editions: [] }]);
  });
});

describe('a story', () => {
  it('is there for an article within seconds of its push', async () => {
    await pushArticles(service, ['A story of its own']);
    const { id } = await articleOf('A story of its own');
    await until('the story', 15_000, async () => {
      const { json } = await admin.ask<{ items: { articles: string[] }[] }>('/stories');
      return json.items.find((story) => story.articles.includes(id));
    });
  });
});
