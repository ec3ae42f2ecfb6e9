import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

interface Article {
  id: string;
  standfirst: string;
  standfirstFrom: string;
  page: string;
}

const paragraphs = [
  'The port of Porto reopened on Tuesday after a strike of nine days that had kept 40 ships at sea.',
  'Ana Lima, who speaks for the harbour office, said the first ship carried grain for the mills of the north.',
  'The strike began when the port cut the night shifts, and the ships that waited were sent to other harbours.',
  'Talks between the port and its people go on; both sides said that they would meet again within the month.',
];
const body = [...paragraphs, ...paragraphs.map((text) => `Again: ${text}`)].map((text) => `<p>${text}</p>`).join('');
const good = 'After a strike of nine days the port of Porto has reopened, and the 40 ships that waited at sea come in.';

/** How the endpoint behaves for now. */
let reply: (response: ServerResponse) => void = () => undefined;
let asked: { headers: Record<string, unknown>; model: string; messages: { role: string; content: string }[] }[] = [];
const endpoint = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  request.on('end', () => {
    asked.push({ headers: request.headers, ...(JSON.parse(text) as Pick<(typeof asked)[0], 'model' | 'messages'>) });
    reply(response);
  });
});
const says = (content: string) => (response: ServerResponse) =>
  response.end(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content } }] }));

let service: Service;

async function push(title: string, words: object = {}): Promise<Article> {
  const article = { language: 'en', publisher: 'Harbour Post', section: 'World', title, body, ...words };
  return (await (await service.api('/api/v1/articles', { method: 'POST', body: article })).json()) as Article;
}

const read = async (id: string) => (await (await service.api(`/api/v1/articles/${id}`)).json()) as Article;
const logged = (words: string) =>
  until(`the log to say “${words}”`, 40_000, () => Promise.resolve(service.logs.includes(words) || undefined));

beforeAll(async () => {
  await new Promise<void>((listening) => endpoint.listen(0, '127.0.0.1', listening));
  const { port } = endpoint.address() as AddressInfo;
  const SUMMARIES_URL = `http://127.0.0.1:${port}/v1/chat/completions`;
  service = await startService({
    env: { SEED: 'none', SUMMARIES_URL, SUMMARIES_MODEL: 'made-up', SUMMARIES_KEY: 'secret-key' },
  });
});

afterAll(() => {
  endpoint.closeAllConnections();
  endpoint.close();
});

describe('a standfirst', () => {
  it('is the publisher’s where there is one, and nobody is asked for another', async () => {
    const given = await push('Port reopens', { standfirst: 'Forty ships had waited.' });
    expect([given.standfirst, given.standfirstFrom]).toEqual(['Forty ships had waited.', 'publisher']);
  });

  it('is made of the text’s own sentences where there is none, at once', async () => {
    reply = (response) => response.writeHead(500).end();
    const article = await push('Port of Porto reopens after strike');
    expect(article.standfirstFrom).toBe('extract');
    expect(paragraphs.some((text) => article.standfirst.includes(text))).toBe(true);
    await logged('SUMMARIES_URL: the server answered 500');
    expect((await read(article.id)).standfirst).toBe(article.standfirst);
  });

  it('is a model’s once that has passed, and readers are told', async () => {
    asked = [];
    reply = says(good);
    const [{ id }] = ((await (await service.api('/api/v1/articles?limit=1')).json()) as { items: [Article] }).items;
    const article = await until('the summary', 40_000, async () => {
      const now = await read(id);
      return now.standfirstFrom === 'model' ? now : undefined;
    });
    expect(article.standfirst).toBe(good);
    expect(asked[0]!.headers.authorization).toBe('Bearer secret-key');
    expect(asked[0]!.model).toBe('made-up');
    expect(asked[0]!.messages.at(-1)!.content).toContain('Ana Lima');
    expect(await (await fetch(article.page)).text()).toContain('Summary written by AI');
  });

  it('is not what a model invents, nor rubbish', async () => {
    reply = says('Mayor Silva has reopened the port of Porto after a strike of nine days, the office said.');
    const article = await push('The harbour works again');
    await logged(`The model’s summary of article ${article.id} is not taken`);
    expect((await read(article.id)).standfirst).toBe(article.standfirst);
    reply = (response) => response.end('{"choices":[]}');
    const other = await push('The harbour is full again');
    await logged('SUMMARIES_URL: the answer is not of the expected shape');
    expect((await read(other.id)).standfirstFrom).toBe('extract');
  });

  it('is made anew when the text changes, and is the desk’s when the desk writes one', async () => {
    reply = (response) => response.writeHead(503).end();
    const article = await push('The strike at Porto ends');
    const change = async (words: object) => {
      await service.api(`/api/v1/articles/${article.id}`, { method: 'PATCH', body: words });
      return read(article.id);
    };
    const anew = await change({
      body: '<p>The strike is on again, said the harbour office of Porto on Friday night.</p>',
    });
    expect([anew.standfirst, anew.standfirstFrom]).toEqual([
      'The strike is on again, said the harbour office of Porto on Friday night.',
      'extract',
    ]);
    const desks = await change({ standfirst: 'It goes on.' });
    expect([desks.standfirst, desks.standfirstFrom]).toEqual(['It goes on.', 'publisher']);
    const kept = await change({
      body: '<p>Something else altogether has come to pass in the harbour of the town.</p>',
    });
    expect(kept.standfirst).toBe('It goes on.');
  });
});
