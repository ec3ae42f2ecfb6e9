import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './public-address.js';

/** The target is not on the open internet, or its URL is of a kind that is never fetched. */
export class RefusedTarget extends Error {}

export interface Guard {
  /** Private hosts that may be reached, each `host` or `host:port`. */
  allowHosts: readonly string[];
  /** Resolves names; the system's own unless a test rebinds one. */
  lookup?: LookupFunction;
}

const refusal = (address: string) =>
  new RefusedTarget(`${address} is a private or reserved address; ALLOW_PRIVATE_HOSTS opens named hosts`);

/** True when the operator has opened this host (with any port, or this one). */
export function isOpened(url: URL, allowHosts: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const host = url.hostname.toLowerCase();
  return allowHosts.some((entry) => [host, `${host}:${port}`].includes(entry.toLowerCase()));
}

/**
 * Refuses what needs no look-up to be refused.
 * The URL parser has by now written `127.1` and `0x7f000001` as 127.0.0.1.
 * @throws {RefusedTarget}
 */
export function checkTarget(url: URL, allowHosts: readonly string[]): void {
  if (!/^https?:$/.test(url.protocol)) throw new RefusedTarget(`${url.protocol} is not fetched, only http and https`);
  if (url.username || url.password)
    throw new RefusedTarget('an address with a user name or password in it is not fetched');
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) && !isOpened(url, allowHosts) && !isPublicAddress(literal)) throw refusal(literal);
}

/** A look-up that fails when any of the answers is not public: a name with one private address is not trusted with the others. */
export function guardedLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, answer) => {
      const answers = Array.isArray(answer) ? answer : [];
      const first = answers[0];
      const bad = answers.find(({ address }) => !isPublicAddress(address));
      if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), '', 0);
      if (bad) return callback(refusal(bad.address), '', 0);
      if (options.all) return callback(null, answers);
      callback(null, first.address, first.family);
    });
  };
}

/**
 * Connects only to the open internet or to opened hosts. Names are checked when they are resolved, and the address
 * that was really connected is checked again, because a look-up is skipped for literals and can be skipped by a bug.
 */
export function guardedConnector(guard: Guard, build = buildConnector): buildConnector.connector {
  const open = build({ lookup: guard.lookup ?? systemLookup, timeout: 3_000, allowH2: false });
  const guarded = build({ lookup: guardedLookup(guard.lookup ?? systemLookup), timeout: 3_000, allowH2: false });
  return (options, callback) => {
    if (isOpened(targetOf(options), guard.allowHosts)) return open(options, callback);
    guarded(options, (...result) => {
      const [error, socket] = result;
      if (error) return callback(error, null);
      if (isPublicAddress(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(refusal(socket.remoteAddress ?? 'an unknown address'), null);
    });
  };
}

function targetOf(options: buildConnector.Options): URL {
  const host = isIP(options.hostname) === 6 ? `[${options.hostname}]` : options.hostname;
  return new URL(`${options.protocol}//${host}:${options.port || (options.protocol === 'https:' ? 443 : 80)}`);
}
