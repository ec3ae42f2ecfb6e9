import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

/** How the endpoint behaves for now; `input`: the texts it is asked for. */
let reply: (response: ServerResponse, input: string[]) => void;
const endpoint = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => reply(response, (JSON.parse(body) as { input: string[] }).input));
});

/** The shape of OpenAI's; texts of boats lie one way, all others another. */
const speaks = (response: ServerResponse, input: string[]) => {
  const data = input.map((text, index) => ({ index, embedding: /boat|trawler/.test(text) ? [1, 0.1, 0] : [0, 0, 2] }));
  response.end(JSON.stringify({ object: 'list', data: data.reverse() }));
};

let service: Service;

async function push(title: string): Promise<string> {
  const body = { language: 'en', publisher: 'Harbour Post', title, standfirst: title };
  return ((await (await service.api('/api/v1/articles', { method: 'POST', body })).json()) as { id: string }).id;
}

const storyOf = (article: string) =>
  until(`the story of article ${article}`, 30_000, async () => {
    const found = await (await service.api(`/api/v1/stories?article=${article}`)).json();
    return (found as { items: { articles: string[] }[] }).items[0];
  });

const warned = () => service.logs.split('EMBEDDINGS_URL: ').length - 1;

beforeAll(async () => {
  await new Promise<void>((listening) => endpoint.listen(0, '127.0.0.1', listening));
  const { port } = endpoint.address() as AddressInfo;
  const EMBEDDINGS_URL = `http://127.0.0.1:${port}/v1/embeddings`;
  service = await startService({ env: { SEED: 'none', EMBEDDINGS_URL, EMBEDDINGS_MODEL: 'made-up' } });
});

afterAll(() => {
  endpoint.closeAllConnections();
  endpoint.close();
});

describe('an embedding endpoint', () => {
  it('brings together what shares no word', async () => {
    reply = speaks;
    const first = await push('Fishermen pulled from sinking trawler');
    await storyOf(first);
    const second = await push('Coastguard rescues crew as boat goes down');
    expect((await storyOf(second)).articles).toEqual([first, second]);
    expect(warned()).toBe(0);
  });

  it.each<[string, string, typeof reply]>([
    ['hangs', 'Parliament votes on budget', () => undefined],
    [
      'answers rubbish',
      'Museum returns stolen bronze',
      (response) => response.end('{"data":[{"index":0,"embedding":["x"]}]}'),
    ],
  ])('that %s keeps no article from its story', async (_, title, behaviour) => {
    reply = behaviour;
    const before = warned();
    const article = await push(title);
    expect((await storyOf(article)).articles).toEqual([article]);
    await until('the warning', 30_000, () => Promise.resolve(warned() > before || undefined));
    expect(warned()).toBe(before + 1);
  });

  it('is asked again when it is well', async () => {
    reply = speaks;
    const before = warned();
    const article = await push('Trapped sailors leave trawler alive');
    expect((await storyOf(article)).articles).toHaveLength(3);
    expect(warned()).toBe(before);
  });
});
