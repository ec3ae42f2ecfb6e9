import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

export const feed = Buffer.from('<rss version="2.0"/>');

const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024));

const allRoutes: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
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

/** A web server that answers as documents in the wild do, and worse. */
export class DocumentServer {
  readonly requests: IncomingMessage[] = [];
  readonly routes = { ...allRoutes };
  connections = 0;
  readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.requests.push(request);
      this.routes[request.url!]!(response, request);
    });
    this.server.on('connection', () => (this.connections += 1));
  }

  static async start(): Promise<DocumentServer> {
    const started = new DocumentServer();
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** What lets a fetch reach it, though it is a private host. */
  opened() {
    return { accept: '*/*', allowHosts: [`127.0.0.1:${this.port}`] };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
