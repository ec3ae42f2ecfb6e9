import { Agent, request, type Dispatcher } from 'undici';
import { explainFailure } from './explain-failure.js';
import { checkTarget, guardedConnector, RefusedTarget, type Guard } from './guarded-connector.js';
import { acceptEncoding, readBody } from './read-body.js';

export interface Wanted extends Guard {
  /** Media types, as in the Accept header. */
  accept: string;
  /** Validators of the copy in hand (RFC 9110, section 13). */
  etag?: string | null;
  lastModified?: string | null;
  /** Bound on the decoded body; 5 MB unless told. */
  maxBytes?: number;
  /** Ends the fetch early. */
  signal?: AbortSignal;
}

export interface Document {
  kind: 'ok';
  body: Buffer;
  /** Media type in lower case without parameters; empty when none was named. */
  contentType: string;
  charset: string | null;
  etag: string | null;
  lastModified: string | null;
  finalUrl: string;
  /** Where every redirect on the way was permanent (301, 308): the address to ask from now on. */
  movedTo: string | null;
}

export type Fetched =
  | Document
  | { kind: 'not-modified'; movedTo: string | null }
  | { kind: 'gone' }
  | {
      kind: 'failed';
      reason: string;
      /** Our own rule against private targets said no; asking again will not help. */
      refused: boolean;
      /** As the server answered; null when it did not answer. */
      status: number | null;
      /** Seconds the server wants us to stay away (RFC 9110, section 10.2.3). */
      retryAfter: number | null;
    };

/** How we name ourselves, also in robots.txt. */
export const userAgent = 'DailyNewsBrief/1.0';

const maxRedirects = 5;
const totalMs = 10_000;
const idleMs = 3_000;
const fiveMegabytes = 5 * 1024 * 1024;

/**
 * The one way out to the web: http(s) to public addresses only, at most 5 redirects, each checked again,
 * 10 s in all, 3 s of silence, 5 MB decoded. Never throws for what the other side does.
 */
export async function fetchDocument(address: string, wanted: Wanted): Promise<Fetched> {
  const dispatcher = new Agent({ connect: guardedConnector(wanted), headersTimeout: idleMs, bodyTimeout: idleMs });
  const time = AbortSignal.timeout(totalMs);
  const signal = wanted.signal ? AbortSignal.any([time, wanted.signal]) : time;
  try {
    return await follow(address, wanted, dispatcher, signal);
  } catch (error) {
    return { ...failed(explainFailure(error, time)), refused: isRefusal(error) };
  } finally {
    await dispatcher.destroy();
  }
}

async function follow(address: string, wanted: Wanted, dispatcher: Dispatcher, signal: AbortSignal): Promise<Fetched> {
  let url = parseUrl(address);
  let movedTo: URL | null = null;
  let permanent = true;
  for (let hops = 0; hops <= maxRedirects; hops++) {
    checkTarget(url, wanted.allowHosts);
    const response = await request(url, { dispatcher, signal, headers: headersFor(wanted) });
    const target = redirectTarget(response, url);
    if (!target) return answer(response, { url, movedTo }, wanted, signal);
    response.body.on('error', () => {}).destroy();
    permanent &&= response.statusCode === 301 || response.statusCode === 308;
    if (permanent) movedTo = target;
    url = target;
  }
  return failed(`redirected more than ${maxRedirects} times`);
}

function parseUrl(address: string): URL {
  const url = URL.parse(address);
  if (!url) throw new RefusedTarget('not a web address');
  url.hash = '';
  return url;
}

function headersFor(wanted: Wanted): Record<string, string> {
  return {
    accept: wanted.accept,
    'accept-encoding': acceptEncoding,
    'user-agent': userAgent,
    ...(wanted.etag && { 'if-none-match': wanted.etag }),
    ...(wanted.lastModified && { 'if-modified-since': wanted.lastModified }),
  };
}

function redirectTarget({ statusCode, headers }: Dispatcher.ResponseData, from: URL): URL | null {
  const location = one(headers.location);
  return [301, 302, 303, 307, 308].includes(statusCode) && location ? URL.parse(location, from.href) : null;
}

async function answer(
  response: Dispatcher.ResponseData,
  { url, movedTo }: { url: URL; movedTo: URL | null },
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Fetched> {
  const { statusCode, headers, body } = response;
  if (statusCode !== 200) {
    body.on('error', () => {}).destroy();
    if (statusCode === 304) return { kind: 'not-modified', movedTo: movedTo?.href ?? null };
    if (statusCode === 410) return { kind: 'gone' };
    const retryAfter = secondsOf(one(headers['retry-after']), one(headers.date));
    return { ...failed(`the server answered ${statusCode}`), status: statusCode, retryAfter };
  }
  const bytes = await readBody(body, headers['content-encoding'], wanted.maxBytes ?? fiveMegabytes, signal);
  const [contentType = '', ...parameters] = (one(headers['content-type']) ?? '').toLowerCase().split(';');
  const charset = parameters.join(';').match(/charset\s*=\s*"?([\w.:-]+)/)?.[1] ?? null;
  return {
    ...{
      kind: 'ok',
      body: bytes,
      contentType: contentType.trim(),
      charset,
      finalUrl: url.href,
      movedTo: movedTo?.href ?? null,
    },
    etag: validator(headers.etag),
    lastModified: validator(headers['last-modified']),
  };
}

const failed = (reason: string): Fetched & { kind: 'failed' } => ({
  ...{ kind: 'failed', reason, refused: false, status: null, retryAfter: null },
});

/** Retry-After as seconds: a number, or a date judged by the server's own clock. */
function secondsOf(value: string | undefined, date: string | undefined): number | null {
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value);
  const seconds = Math.ceil((Date.parse(value) - Date.parse(date ?? '')) / 1000);
  return seconds > 0 ? seconds : null;
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** Validators are sent back word for word, so one that is absurdly long is not kept. */
function validator(value: string | string[] | undefined): string | null {
  const text = one(value);
  return text && text.length <= 300 ? text : null;
}

function isRefusal(error: unknown): boolean {
  return error instanceof RefusedTarget || (Error.isError(error) && error.cause instanceof RefusedTarget);
}
