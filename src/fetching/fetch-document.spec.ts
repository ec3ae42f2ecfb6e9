import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type LookupFunction, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { buildConnector } from 'undici';
import { fetchDocument, type Fetched } from './fetch-document.js';
import { guardedConnector } from './guarded-connector.js';

let server: Server;
let port = 0;
let requests: IncomingMessage[] = [];
let connections = 0;

const feed = Buffer.from('<rss version="2.0"/>');
const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024));

const routes: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
  '/feed': (response, request) => {
    if (request.headers['if-none-match'] === '"v1"') return response.writeHead(304).end();
    response.writeHead(200, { 'content-type': 'Application/RSS+xml; charset="ISO-8859-1"', etag: '"v1"' }).end(feed);
  },
  '/gzip': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(feed)),
  '/br': (response) => response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(feed)),
  '/deflate': (response) => response.writeHead(200, { 'content-encoding': 'deflate' }).end(deflateSync(feed)),
  '/broken-gzip': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(feed),
  '/odd-encoding': (response) => response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(feed),
  '/bomb': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
  '/gone': (response) => response.writeHead(410).end(),
  '/error': (response) => response.writeHead(503).end('<rss/>'),
  '/to-metadata': (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  '/to-file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/moved': (response) => response.writeHead(301, { location: '/moved-again' }).end(),
  '/moved-again': (response) => response.writeHead(308, { location: '/to-feed' }).end(),
  '/busy': (response) => response.writeHead(429, { 'retry-after': '3600' }).end(),
  '/busy-until': (response) =>
    response
      .writeHead(503, { date: 'Tue, 24 Nov 2026 05:00:00 GMT', 'retry-after': 'Tue, 24 Nov 2026 05:02:00 GMT' })
      .end(),
  '/to-feed': (response) => response.writeHead(302, { location: '/feed' }).end(),
  '/hops/0': (response) => response.writeHead(200).end(feed),
  ...Object.fromEntries(
    Array.from({ length: 6 }, (_, n): [string, (response: ServerResponse) => unknown] => [
      `/hops/${n + 1}`,
      (response) => response.writeHead(302, { location: `/hops/${n}` }).end(),
    ]),
  ),
  '/late': (response) => response.writeHead(302, { location: '/moved-at-last' }).end(),
  '/moved-at-last': (response) => response.writeHead(301, { location: '/feed' }).end(),
  '/moved-to-feed': (response) => response.writeHead(301, { location: '/feed' }).end(),
  '/moved-and-on': (response) => void response.writeHead(302, { location: '/feed' }).write('more'),
  '/error-and-on': (response) => void response.writeHead(503).write('more'),
  '/nowhere': (response) => response.writeHead(302).end(),
  '/nonsense': (response) => response.writeHead(302, { location: 'http://[' }).end(),
  '/plain': (response) => response.writeHead(200, { 'last-modified': 'Tue, 24 Nov 2026 05:00:00 GMT' }).end(feed),
  '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
  '/silent': () => {},
  '/cut': (response) => {
    response.writeHead(200, { 'content-length': '5000' });
    response.write('half', () => response.destroy());
  },
  '/drip': (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'), 500);
    response.on('close', () => clearInterval(timer));
  },
  '/endless': (response) => {
    const chunk = Buffer.alloc(65_536, 'x');
    const more = () => {
      while (response.write(chunk));
    };
    response.on('drain', more);
    more();
  },
};

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    routes[request.url!]!(response, request);
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const opened = () => ({ accept: '*/*', allowHosts: [`127.0.0.1:${port}`] });
const get = (path: string) => fetchDocument(`http://127.0.0.1:${port}${path}`, opened());
const reasonOf = (fetched: Fetched) => (fetched.kind === 'failed' ? fetched.reason : fetched.kind);

describe('fetching a document', () => {
  it('gives body, media type, charset and validators', async () => {
    expect(await get('/feed')).toEqual({
      kind: 'ok',
      body: feed,
      contentType: 'application/rss+xml',
      charset: 'iso-8859-1',
      etag: '"v1"',
      lastModified: null,
      finalUrl: `http://127.0.0.1:${port}/feed`,
      movedTo: null,
    });
  });

  it('remembers where permanent redirects led, and no further', async () => {
    const here = `http://127.0.0.1:${port}`;
    expect(await get('/moved')).toMatchObject({ finalUrl: `${here}/feed`, movedTo: `${here}/to-feed` });
    expect(await get('/to-feed')).toMatchObject({ finalUrl: `${here}/feed`, movedTo: null });
  });

  it('tells how long the server wants us to stay away', async () => {
    expect(await get('/busy')).toMatchObject({ kind: 'failed', status: 429, retryAfter: 3600 });
    expect(await get('/busy-until')).toMatchObject({ kind: 'failed', status: 503, retryAfter: 120 });
  });

  it.each(['/gzip', '/br', '/deflate'])('unpacks %s', async (path) => {
    expect(await get(path)).toMatchObject({ kind: 'ok', body: feed });
  });

  it('asks conditionally with the validators in hand', async () => {
    expect(await fetchDocument(`http://127.0.0.1:${port}/feed`, { ...opened(), etag: '"v1"' })).toEqual({
      kind: 'not-modified',
      movedTo: null,
    });
  });

  it('follows a redirect and tells where it ended', async () => {
    expect(await get('/to-feed')).toMatchObject({ kind: 'ok', finalUrl: `http://127.0.0.1:${port}/feed` });
  });

  it.each([
    ['/gone', 'gone'],
    ['/error', 'the server answered 503'],
    ['/loop', 'redirected more than 5 times'],
    ['/broken-gzip', 'the compressed body is broken'],
    ['/odd-encoding', 'packed in a way that was not asked for (gzip, gzip)'],
    ['/cut', 'the server broke the connection'],
  ])('%s ends with a named reason', async (path, reason) => {
    expect(reasonOf(await get(path))).toBe(reason);
  });

  it('names a server that is not there', async () => {
    const unused = await fetchDocument('http://127.0.0.1:1/', { accept: '*/*', allowHosts: ['127.0.0.1'] });
    expect(reasonOf(unused)).toBe('the server refused the connection');
  });
});

describe('what is asked', () => {
  const asked = async (wanted: object) => {
    requests = [];
    await fetchDocument(`http://127.0.0.1:${port}/plain#part`, {
      ...opened(),
      accept: 'application/rss+xml',
      ...wanted,
    });
    expect(requests.map(({ url }) => url)).toEqual(['/plain']);
    const { host, connection, ...headers } = requests[0]!.headers;
    return headers;
  };
  const always = {
    accept: 'application/rss+xml',
    'accept-encoding': 'gzip, br, deflate',
    'user-agent': 'DailyNewsBrief/1.0',
  };

  it('names us, and what can be read', async () => {
    expect(await asked({})).toEqual(always);
    expect(await asked({ etag: null, lastModified: null })).toEqual(always);
  });

  it('has each validator in hand', async () => {
    const lastModified = 'Tue, 24 Nov 2026 05:00:00 GMT';
    expect(await asked({ etag: '"v1"' })).toEqual({ ...always, 'if-none-match': '"v1"' });
    expect(await asked({ lastModified })).toEqual({ ...always, 'if-modified-since': lastModified });
  });

  it('leaves no connection behind', async () => {
    await asked({});
    const left = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
    for (let tries = 0; tries < 50 && (await left()) > 0; tries += 1) await new Promise((wait) => setTimeout(wait, 20));
    expect(await left()).toBe(0);
  });
});

describe('what is answered', () => {
  it('has no media type, no charset and no fragment where there is none', async () => {
    expect(await fetchDocument(`http://127.0.0.1:${port}/plain#part`, opened())).toEqual({
      kind: 'ok',
      body: feed,
      contentType: '',
      charset: null,
      etag: null,
      lastModified: 'Tue, 24 Nov 2026 05:00:00 GMT',
      finalUrl: `http://127.0.0.1:${port}/plain`,
      movedTo: null,
    });
  });

  /** A server that answers once, with these headers. */
  const answering = async (status: number, headers: Record<string, string>, wanted = {}) => {
    routes['/once'] = (response) => response.writeHead(status, headers).end(status === 200 ? feed : undefined);
    return fetchDocument(`http://127.0.0.1:${port}/once`, { ...opened(), ...wanted });
  };

  it.each([
    ['text/xml;charset=utf-8', 'text/xml', 'utf-8'],
    [' Text/XML ; boundary=x; Charset = "UTF-8"', 'text/xml', 'utf-8'],
    ['text/xml; charset=', 'text/xml', null],
    ['charset=utf-8', 'charset=utf-8', null],
  ])('is of the type %j', async (type, contentType, charset) =>
    expect(await answering(200, { 'content-type': type })).toMatchObject({ contentType, charset }),
  );

  it('has validators of up to 300 characters', async () => {
    const validators = (length: number) => ({ etag: 'e'.repeat(length), 'last-modified': 'l'.repeat(length) });
    const { etag, 'last-modified': lastModified } = validators(300);
    expect(await answering(200, validators(300))).toMatchObject({ etag, lastModified });
    expect(await answering(200, validators(301))).toMatchObject({ etag: null, lastModified: null });
    expect(await answering(200, { etag: '' })).toMatchObject({ etag: null });
  });

  it('may be as large as is wanted', async () => {
    expect(await answering(200, {}, { maxBytes: feed.length })).toMatchObject({ kind: 'ok' });
    expect(reasonOf(await answering(200, {}, { maxBytes: feed.length - 1 }))).toBe('larger than 19 bytes');
  });

  it.each<[string, Record<string, string>, number | null]>([
    ['a number', { 'retry-after': ' 60 ' }, 60],
    ['0', { 'retry-after': '0' }, 0],
    ['nine digits', { 'retry-after': '999999999' }, 999_999_999],
    ['ten digits', { 'retry-after': '9999999999' }, null],
    ['nothing', {}, null],
    ['a word', { 'retry-after': 'soon' }, null],
    ['a number and a word', { 'retry-after': '60 s' }, null],
    ['half a second ahead of the server’s date', { 'retry-after': '2026-11-24T05:00:00.500Z' }, 1],
    ['the server’s own date', { 'retry-after': 'Tue, 24 Nov 2026 05:00:00 GMT' }, null],
    ['what is past', { 'retry-after': 'Tue, 24 Nov 2026 04:59:00 GMT' }, null],
  ])('with Retry-After as %s', async (_, headers, retryAfter) => {
    const date = 'Tue, 24 Nov 2026 05:00:00 GMT';
    expect(await answering(503, { date, ...headers })).toEqual({
      kind: 'failed',
      reason: 'the server answered 503',
      refused: false,
      status: 503,
      retryAfter,
    });
  });

  it.each([301, 302, 303, 307, 308])('%d is followed', async (status) =>
    expect(await answering(status, { location: '/feed' })).toMatchObject({ kind: 'ok', body: feed }),
  );

  it.each([300, 305, 404])('%d is not followed', async (status) =>
    expect(reasonOf(await answering(status, { location: '/feed' }))).toBe(`the server answered ${status}`),
  );

  it.each(['/nowhere', '/nonsense'])('%s leads nowhere', async (path) =>
    expect(reasonOf(await get(path))).toBe('the server answered 302'),
  );

  it('is looked for over five redirects, not over six', async () => {
    expect(await get('/hops/5')).toMatchObject({ kind: 'ok', finalUrl: `http://127.0.0.1:${port}/hops/0` });
    expect(await get('/hops/6')).toEqual({
      kind: 'failed',
      reason: 'redirected more than 5 times',
      refused: false,
      status: null,
      retryAfter: null,
    });
  });

  it('does not wait for the body of a redirect, nor of an error', async () => {
    expect(await get('/moved-and-on')).toMatchObject({ kind: 'ok', body: feed });
    expect(reasonOf(await get('/error-and-on'))).toBe('the server answered 503');
  });

  it('has not moved for good where one redirect on the way was for now', async () => {
    expect(await get('/late')).toMatchObject({ kind: 'ok', movedTo: null });
  });

  it('has moved, though it is not modified', async () => {
    const wanted = { ...opened(), etag: '"v1"' };
    expect(await fetchDocument(`http://127.0.0.1:${port}/moved-to-feed`, wanted)).toEqual({
      kind: 'not-modified',
      movedTo: `http://127.0.0.1:${port}/feed`,
    });
  });

  it.each(['/silent', '/drip'])('is given up when the caller says so: %s', async (path) => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const given = await fetchDocument(`http://127.0.0.1:${port}${path}`, { ...opened(), signal: abort.signal });
    expect(reasonOf(given)).toBe('given up to leave time for others');
  });
});

describe('private targets', () => {
  const closed = { accept: '*/*', allowHosts: [] };

  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '[::ffff:127.0.0.1]',
    '[::1]',
    '0.0.0.0',
    '[::]',
    'localhost',
  ])('refuses %s before anything is sent', async (host) => {
    requests = [];
    const fetched = await fetchDocument(`http://${host}:${port}/feed`, closed);
    expect(fetched).toMatchObject({ kind: 'failed', refused: true });
    expect(reasonOf(fetched)).toContain('private or reserved');
    expect(requests).toHaveLength(0);
  });

  it.each([
    '10.0.0.1',
    '172.16.3.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
  ])('refuses %s', async (host) =>
    expect(reasonOf(await fetchDocument(`http://${host}/`, closed))).toContain('private or reserved'),
  );

  it.each(['[fe80::1]', '[fc00::1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[::127.0.0.1]', '[fec0::1]'])(
    'refuses %s',
    async (host) => expect(reasonOf(await fetchDocument(`http://${host}/`, closed))).toContain('private or reserved'),
  );

  it.each([
    'file:///etc/passwd',
    'ftp://example.org/',
    'data:text/xml,<rss/>',
    'http://user:secret@example.org/',
    'nonsense',
  ])('refuses %s', async (address) =>
    expect(await fetchDocument(address, closed)).toMatchObject({ kind: 'failed', refused: true }),
  );

  it('says so of what is no address', async () =>
    expect(reasonOf(await fetchDocument('nonsense', closed))).toBe('not a web address'));

  it('opens a named host with the named port only', async () => {
    const other = await fetchDocument(`http://127.0.0.1:${port}/feed`, { accept: '*/*', allowHosts: ['127.0.0.1:1'] });
    expect(other).toMatchObject({ kind: 'failed', refused: true });
    expect(await get('/feed')).toMatchObject({ kind: 'ok' });
  });

  it.each(['/to-metadata', '/to-file'])('checks each redirect again: %s', async (path) => {
    expect(await get(path)).toMatchObject({ kind: 'failed', refused: true });
  });

  const answering = (...addresses: string[]): LookupFunction => {
    return (_name, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
  };

  it.each([[['127.0.0.1']], [['93.184.215.14', '127.0.0.1']]])(
    'refuses a name that resolves to %j',
    async (addresses) => {
      connections = 0;
      const fetched = await fetchDocument(`http://rebind.test:${port}/feed`, {
        ...closed,
        lookup: answering(...addresses),
      });
      expect(reasonOf(fetched)).toContain('127.0.0.1 is a private or reserved address');
      expect(connections).toBe(0);
    },
  );

  it('refuses the connected address even when the look-up told another', async () => {
    const elsewhere = () => (_options: buildConnector.Options, callback: buildConnector.Callback) => {
      const socket: Socket = connect(port, '127.0.0.1', () => callback(null, socket));
    };
    const connector = guardedConnector({ allowHosts: [] }, elsewhere);
    const error = await new Promise((resolve) => {
      connector({ hostname: 'example.org', protocol: 'http:', port: '80' }, (...[reason]) => resolve(reason));
    });
    expect(String(error)).toContain('private or reserved');
  });
});

describe('bombs', () => {
  it('stops a gzip bomb at 5 MB and keeps memory flat', async () => {
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    expect(reasonOf(await get('/bomb'))).toBe('larger than 5242880 bytes');
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it('stops an endless body', async () => {
    expect(reasonOf(await get('/endless'))).toBe('larger than 5242880 bytes');
  });

  it('ends a silent server after 3 s and a dripping one after 10 s', async () => {
    const started = Date.now();
    const timed = async (path: string) => [reasonOf(await get(path)), Math.round((Date.now() - started) / 1000)];
    const [silent, drip] = await Promise.all([timed('/silent'), timed('/drip')]);
    expect(silent[0]).toBe('the server was silent for 3 seconds');
    expect(silent[1]).toBeLessThanOrEqual(5);
    expect(drip[0]).toBe('not complete after 10 seconds');
    expect(drip[1]).toBeLessThanOrEqual(11);
  }, 15_000);
});
