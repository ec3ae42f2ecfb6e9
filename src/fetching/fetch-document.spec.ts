import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentServer, feed } from '../../test/support/document-server.js';
import { fetchDocument, type Fetched } from './fetch-document.js';

let web: DocumentServer;

beforeAll(async () => {
  web = await DocumentServer.start();
});

afterAll(() => web.stop());

const opened = () => web.opened();
const get = (path: string) => fetchDocument(`http://127.0.0.1:${web.port}${path}`, opened());
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
      finalUrl: `http://127.0.0.1:${web.port}/feed`,
      movedTo: null,
    });
  });

  it('remembers where permanent redirects led, and no further', async () => {
    const here = `http://127.0.0.1:${web.port}`;
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
    expect(await fetchDocument(`http://127.0.0.1:${web.port}/feed`, { ...opened(), etag: '"v1"' })).toEqual({
      kind: 'not-modified',
      movedTo: null,
    });
  });

  it('follows a redirect and tells where it ended', async () => {
    expect(await get('/to-feed')).toMatchObject({ kind: 'ok', finalUrl: `http://127.0.0.1:${web.port}/feed` });
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
    web.requests.length = 0;
    await fetchDocument(`http://127.0.0.1:${web.port}/plain#part`, {
      ...opened(),
      accept: 'application/rss+xml',
      ...wanted,
    });
    expect(web.requests.map(({ url }) => url)).toEqual(['/plain']);
    const { host, connection, ...headers } = web.requests[0]!.headers;
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
    const left = () => new Promise<number>((resolve) => web.server.getConnections((_, count) => resolve(count)));
    for (let tries = 0; tries < 50 && (await left()) > 0; tries += 1) await new Promise((wait) => setTimeout(wait, 20));
    expect(await left()).toBe(0);
  });
});

describe('what is answered', () => {
  it('has no media type, no charset and no fragment where there is none', async () => {
    expect(await fetchDocument(`http://127.0.0.1:${web.port}/plain#part`, opened())).toEqual({
      kind: 'ok',
      body: feed,
      contentType: '',
      charset: null,
      etag: null,
      lastModified: 'Tue, 24 Nov 2026 05:00:00 GMT',
      finalUrl: `http://127.0.0.1:${web.port}/plain`,
      movedTo: null,
    });
  });

  /** A server that answers once, with these headers. */
  const answering = async (status: number, headers: Record<string, string>, wanted = {}) => {
    web.routes['/once'] = (response) => response.writeHead(status, headers).end(status === 200 ? feed : undefined);
    return fetchDocument(`http://127.0.0.1:${web.port}/once`, { ...opened(), ...wanted });
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
    expect(await get('/hops/5')).toMatchObject({ kind: 'ok', finalUrl: `http://127.0.0.1:${web.port}/hops/0` });
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
    expect(await fetchDocument(`http://127.0.0.1:${web.port}/moved-to-feed`, wanted)).toEqual({
      kind: 'not-modified',
      movedTo: `http://127.0.0.1:${web.port}/feed`,
    });
  });

  it.each(['/silent', '/drip'])('is given up when the caller says so: %s', async (path) => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const given = await fetchDocument(`http://127.0.0.1:${web.port}${path}`, { ...opened(), signal: abort.signal });
    expect(reasonOf(given)).toBe('given up to leave time for others');
  });
});
