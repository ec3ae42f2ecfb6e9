import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type LookupFunction, type Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { DocumentServer } from '../../test/support/document-server.js';
import { fetchDocument, type Fetched } from './fetch-document.js';
import { guardedConnector } from './guarded-connector.js';

let web: DocumentServer;

beforeAll(async () => {
  web = await DocumentServer.start();
});

afterAll(() => web.stop());

const opened = () => web.opened();
const get = (path: string) => fetchDocument(`http://127.0.0.1:${web.port}${path}`, opened());
const reasonOf = (fetched: Fetched) => (fetched.kind === 'failed' ? fetched.reason : fetched.kind);

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
    web.requests.length = 0;
    const fetched = await fetchDocument(`http://${host}:${web.port}/feed`, closed);
    expect(fetched).toMatchObject({ kind: 'failed', refused: true });
    expect(reasonOf(fetched)).toContain('private or reserved');
    expect(web.requests).toHaveLength(0);
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
    const other = await fetchDocument(`http://127.0.0.1:${web.port}/feed`, {
      accept: '*/*',
      allowHosts: ['127.0.0.1:1'],
    });
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
      web.connections = 0;
      const fetched = await fetchDocument(`http://rebind.test:${web.port}/feed`, {
        ...closed,
        lookup: answering(...addresses),
      });
      expect(reasonOf(fetched)).toContain('127.0.0.1 is a private or reserved address');
      expect(web.connections).toBe(0);
    },
  );

  it('refuses the connected address even when the look-up told another', async () => {
    const elsewhere = () => (_options: buildConnector.Options, callback: buildConnector.Callback) => {
      const socket: Socket = connect(web.port, '127.0.0.1', () => callback(null, socket));
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
