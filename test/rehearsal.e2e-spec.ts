import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runAt } from './support/moved-clock.js';
import { addReaders } from './support/readers.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

const list = '/api/v1/lists/daily-news-brief';
/** So far away that the sample is too old for the first issue, at whatever hour the test runs. */
const day = Temporal.Now.zonedDateTimeISO('UTC').toPlainDate().add({ days: 3 });
const issue = (days = 0) => `${list}/issues/${day.add({ days }).toString()}`;
const readers = ['ann@example.org', 'bob@example.org', 'eve@example.org'];

interface Answer {
  id: string;
  state: string;
  report: {
    readers: { total: number; nothing: number; hours: { timeZone: string; localTime: string; readers: number }[] };
    letters: { total: number; largest: { locale: string; readers: number; htmlBytes: number; messageBytes: number }[] };
    links: { checked: number; dead: number };
    findings: { level: string; kind: string; detail: string }[];
  };
  override: { by: string; reason: string } | null;
  detail: string;
}

let desk: Service;
let paper: Server;
let paperUrl: string;
let env: Record<string, string>;

async function ask(path: string, method = 'GET', body?: object) {
  const response = await desk.api(path, { method, ...(body && { body }) });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer };
}

const at = (time: string, days: number, work: (instance: Service) => Promise<void>, roles?: string) =>
  runAt(desk, day.add({ days }).toZonedDateTime({ timeZone: 'UTC', plainTime: time }), work, roles, env);

const push = (instance: Service, stories: { title: string; path: string }[]) =>
  Promise.all(
    stories.map(({ title, path }) =>
      instance.api('/api/v1/articles', {
        method: 'POST',
        body: {
          ...{ title, standfirst: `${title}, in a few words.`, body: `${title}, and the whole of it.` },
          ...{ section: 'world', language: 'en', publisher: 'The Paper', url: paperUrl + path },
        },
      }),
    ),
  );

const rehearsed = (days: number, states = ['green', 'red']) =>
  until(`the issue of day ${days} to be rehearsed`, 60_000, async () => {
    const { body } = await ask(`${issue(days)}/rehearsal`);
    return states.includes(body.state) ? body : undefined;
  });

const editionOf = async (days: number) => {
  const { body } = await ask('/api/v1/editions?limit=50');
  const { items } = body as unknown as { items: { kind: string; localDate: string; state: string; reason: string }[] };
  return items.find(({ kind, localDate }) => kind === 'morning' && localDate === day.add({ days }).toString());
};

const lettersTo = async (address: string, words: string) =>
  (await desk.mailbox.letters(address)).filter(({ text }) => text.includes(words)).length;

beforeAll(async () => {
  paper = createServer((request, response) => {
    response.writeHead(request.url!.startsWith('/gone') ? 404 : 200, { 'content-type': 'text/html' }).end('<p>A page');
  });
  await new Promise<void>((resolve) => paper.listen(0, '127.0.0.1', resolve));
  const { port } = paper.address() as { port: number };
  paperUrl = `http://127.0.0.1:${port}`;
  env = { ALLOW_PRIVATE_HOSTS: `127.0.0.1:${port}` };
  desk = await startService({ env: { ROLES: 'web', ...env } });
  await ask(list, 'PATCH', { timeZone: 'UTC', localTime: '07:00', minStories: 1, maxStories: 3, rehearsal: 'block' });
  await addReaders(desk, readers);
});

afterAll(() => {
  paper.close();
});

it('tells who gets an issue and when, every letter’s size, and sends nothing', async () => {
  await at(
    '05:00:00',
    0,
    async (instance) => {
      await push(instance, [
        { title: 'A ferry is raised', path: '/ferry' },
        { title: 'A court reopens', path: '/court' },
      ]);
    },
    'web',
  );
  await at('05:30:00', 0, async (instance) => {
    expect((await ask(`${issue()}/rehearsal`)).status).toBe(404);
    expect((await instance.api(`${issue()}/rehearsal`, { method: 'POST' })).status).toBe(202);
    await rehearsed(0, ['green']);
  });
  const { body } = await ask(`${issue()}/rehearsal`);
  expect(body.report.findings.filter(({ level }) => level === 'red')).toEqual([]);
  expect(body.report.readers).toEqual({
    total: 3,
    nothing: 0,
    hours: [expect.objectContaining({ timeZone: 'UTC', localTime: '07:00', readers: 3 })],
  });
  expect(body.report.letters.total).toBe(1);
  expect(body.report.letters.largest[0]!.messageBytes).toBeGreaterThan(body.report.letters.largest[0]!.htmlBytes);
  expect(body.report.links).toEqual({ checked: 2, dead: 0 });
  expect(await editionOf(0)).toBeUndefined();
  expect(await lettersTo(readers[0]!, 'A ferry is raised')).toBe(0);
}, 180_000);

it('keeps an issue with a dead link from going out, until somebody says why it may', async () => {
  await at(
    '05:00:00',
    1,
    (instance) => push(instance, [{ title: 'A dam is drained', path: '/gone/dam' }]).then(() => {}),
    'web',
  );
  await at('06:20:00', 1, async () => {
    const { report } = await rehearsed(1, ['red']);
    expect(report.links.dead).toBe(1);
    expect(report.findings[0]).toMatchObject({ level: 'red', kind: 'link' });
    expect(report.findings[0]!.detail).toContain('/gone/dam');
    const { body } = await ask(`${issue(1)}/rundown`);
    expect((body as unknown as { announcement: string }).announcement).toContain('its rehearsal is red');
  });
  await at('07:00:03', 1, async () => {
    const held = await until('the edition to be held', 40_000, async () => {
      const edition = await editionOf(1);
      return edition?.state === 'held' ? edition : undefined;
    });
    expect(held.reason).toContain('its rehearsal is red');
    expect(await lettersTo(readers[0]!, 'A dam is drained')).toBe(0);

    const short = await ask(`${issue(1)}/rehearsal/override`, 'POST', {});
    expect([short.status, JSON.stringify(short.body)]).toEqual([422, expect.stringContaining('reason')]);
    const done = await ask(`${issue(1)}/rehearsal/override`, 'POST', { reason: 'The page is back at noon' });
    expect([done.status, done.body.override?.reason]).toEqual([200, 'The page is back at noon']);
    for (const reader of readers)
      await until(`the letter to ${reader}`, 40_000, async () =>
        (await lettersTo(reader, 'A dam is drained')) === 1 ? true : undefined,
      );
  });
}, 240_000);

it('is looked at again when the rundown changes, and a green one lets the issue go', async () => {
  await at(
    '05:00:00',
    2,
    async (instance) => {
      await push(instance, [
        { title: 'A tower leans', path: '/gone/tower' },
        { title: 'A choir returns', path: '/choir' },
      ]);
    },
    'web',
  );
  await at('06:20:00', 2, () => rehearsed(2, ['red']).then(() => {}));
  await at('07:00:03', 2, async () => {
    await until('the edition to be held', 40_000, async () =>
      (await editionOf(2))?.state === 'held' ? true : undefined,
    );
    const { body } = await ask('/api/v1/articles?limit=200');
    const tower = (body as unknown as { items: { id: string; title: string }[] }).items.find(
      ({ title }) => title === 'A tower leans',
    )!;
    const written = await ask(`${issue(2)}/rundown`, 'PUT', { version: 0, drops: [tower.id] });
    expect(written.status).toBe(200);
    await until('the letters', 60_000, async () =>
      (await lettersTo(readers[1]!, 'A choir returns')) === 1 ? true : undefined,
    );
    expect(await lettersTo(readers[1]!, 'A tower leans')).toBe(0);
  });
  expect((await ask(`${issue(2)}/rehearsal/override`, 'POST', { reason: 'for nothing' })).status).toBe(409);
}, 240_000);
