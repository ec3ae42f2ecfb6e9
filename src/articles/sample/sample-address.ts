import { isIPv6 } from 'node:net';
import type { Config } from '../../config.js';

/** Where this service reaches itself; not PUBLIC_URL, which may stand for a proxy on another machine. */
export function sampleAddress({ HOST, PORT }: Pick<Config, 'HOST' | 'PORT'>): string {
  const everywhere = HOST === '0.0.0.0' || HOST === '::';
  const host = everywhere ? '127.0.0.1' : isIPv6(HOST) ? `[${HOST}]` : HOST;
  return new URL(`http://${host}:${PORT}/sample/feed.xml`).href;
}
