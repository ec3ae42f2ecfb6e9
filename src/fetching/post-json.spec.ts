import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { postJson, type Question } from './post-json.js';

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

async function ask(listener: RequestListener, asked: Partial<Question<{ n: number }>> = {}) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  const question = { body: { ask: 1 }, key: 'a-key', answer: z.object({ n: z.number() }) };
  return postJson(`http://127.0.0.1:${port}/`, { ...question, signal: new AbortController().signal, ...asked });
}

describe('postJson', () => {
  it('reaches a private address with the key and reads a packed answer', async () => {
    const answered = await ask((request, response) => {
      const { authorization } = request.headers;
      request.setEncoding('utf8').on('data', (text: string) => {
        const n = authorization === 'Bearer a-key' && text === '{"ask":1}' ? 7 : 0;
        response.setHeader('content-encoding', 'gzip').end(gzipSync(JSON.stringify({ n })));
      });
    });
    expect(answered).toEqual({ kind: 'ok', value: { n: 7 } });
  });

  it('sends what a service wants to know', async () => {
    const seen: unknown[] = [];
    const listener: RequestListener = ({ method, headers }, response) => {
      const { host, connection, ...rest } = headers;
      seen.push({ method, ...rest });
      response.end('{"n":1}');
    };
    await ask(listener);
    await ask(listener, { key: undefined });
    const always = {
      method: 'POST',
      accept: 'application/json',
      'accept-encoding': 'gzip, br, deflate',
      'content-type': 'application/json',
      'content-length': '9',
    };
    expect(seen).toEqual([{ ...always, authorization: 'Bearer a-key' }, always]);
  });

  it('waits 2 s, or as long as it is told, or until it is given up', async () => {
    const late =
      (ms: number): RequestListener =>
      (_, response) =>
        void setTimeout(() => response.end('{"n":1}'), ms);
    const lost = { kind: 'failed', reason: 'no complete answer in time' };
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const answers = [ask(late(2_500)), ask(late(2_500), { totalMs: 20_000 }), ask(late(200), { totalMs: 50 })];
    expect(await Promise.all([...answers, ask(late(500), { signal: abort.signal })])).toEqual([
      ...[lost, { kind: 'ok', value: { n: 1 } }, lost],
      lost,
    ]);
  });

  it('leaves no connection behind', async () => {
    let socket: Socket | undefined;
    await ask((request, response) => {
      ({ socket } = request);
      response.end('{"n":1}');
    });
    if (!socket!.closed) await once(socket!, 'close');
    expect(socket!.closed).toBe(true);
  });

  it.each<[string, RequestListener, string]>([
    ['never answers', () => undefined, 'no complete answer in time'],
    ['never ends', (_, response) => response.write('{'), 'no complete answer in time'],
    ['answers another shape', (_, response) => response.end('{"n":"x"}'), 'the answer is not of the expected shape'],
    ['answers no JSON', (_, response) => response.end('<html>'), 'the answer is not JSON'],
    ['refuses', (_, response) => response.writeHead(401).end(), 'the server answered 401'],
    ['redirects', (_, response) => response.writeHead(307, { location: '/' }).end(), 'the server answered 307'],
    [
      'sends a bomb',
      (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(9 * 1024 * 1024))),
      'larger than 8388608 bytes',
    ],
    ['hangs up', (request) => request.socket.destroy(), 'the server broke the connection'],
  ])('says so of a server that %s', async (_, listener, reason) => {
    expect(await ask(listener)).toEqual({ kind: 'failed', reason });
  });
});
