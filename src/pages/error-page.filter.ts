import { Catch, HttpException, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../api/problem-of.js';
import { message, type Locale } from '../locales/messages.js';
import { Pages } from './pages.js';
import { readerLocale } from './reader-locale.js';
import type { BoxList, ViewStory } from './view-parts.js';

/** The statuses with words of their own; any other 4xx is told as 400, any other 5xx as 500. */
const told = new Set([400, 404, 405, 410, 413, 414, 415, 422, 429, 500, 503]);

/** What a page that is not there shows instead. */
export interface Instead {
  list: BoxList;
  stories: ViewStory[];
}

/** Kept a while: who asks for a thousand pages that are not there costs one look. */
const insteadForMs = 60_000;

/**
 * Answers an exception on a public path with a page in the reader's language. The status is kept; a reader never
 * sees what an exception says, and what is not an expected HTTP error is logged.
 */
@Catch()
@Injectable()
export class ErrorPageFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorPageFilter.name);

  private source: () => Promise<Instead | null> = () => Promise.resolve(null);
  private instead: { until: number; what: Promise<Instead | null> } | undefined;

  constructor(private readonly pages: Pages) {}

  /** Tells where to read what readers may like instead; this leaf knows no stage. */
  offer(source: () => Promise<Instead | null>): void {
    this.source = source;
  }

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    await this.answer(exception, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also for what Fastify refuses before it has found a route (`frameworkErrors`): addresses that cannot be decoded. */
  async answer(exception: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const status = statusOf(exception, request.method);
    if (status >= 500) this.report(exception, request);
    if (reply.sent) return;
    if (status === 503) reply.header('retry-after', '5');
    const retryAfter = retryAfterOf(exception);
    if (retryAfter) reply.header('retry-after', String(retryAfter));
    const locale = readerLocale(request);
    try {
      const instead = status === 404 || status === 410 ? await this.readInstead() : null;
      await this.pages.html(reply, 'error', { locale, ...words(locale, status, retryAfter), ...instead }, status);
    } catch (failure) {
      this.report(failure, request);
      reply.status(500).type('text/plain; charset=utf-8').send(message(locale, 'error.500.detail'));
    }
  }

  /** What cannot be read is left out: a page that is not there must not break for it. */
  private readInstead(): Promise<Instead | null> {
    const now = performance.now();
    if (!this.instead || this.instead.until < now)
      this.instead = { until: now + insteadForMs, what: this.source().catch(() => null) };
    return this.instead.what;
  }

  /** The route's pattern, never the address: addresses hold readers' tokens. */
  private report(exception: unknown, request: FastifyRequest): void {
    this.logger.error(
      { err: exception, method: request.method, route: request.routeOptions?.url ?? 'none' },
      'A page failed',
    );
  }
}

/** Fastify's own errors (a body too large, a form that cannot be read) carry `statusCode` without being HttpExceptions. */
function statusOf(exception: unknown, method: string): number {
  if (exception instanceof HttpException) return exception.getStatus();
  if (isDatabaseAway(exception)) return 503;
  if (isUnstorable(exception)) return method === 'POST' ? 400 : 404;
  if (isBrokenForm(exception)) return 400;
  const status = (exception as { statusCode?: unknown } | null | undefined)?.statusCode;
  return Number.isInteger(status) && (status as number) >= 400 && (status as number) < 600 ? (status as number) : 500;
}

/** SQLSTATE 22021: a NUL, which no text in Postgres holds. In an address it names nothing, in a form it is malformed. */
function isUnstorable(exception: unknown): boolean {
  return (exception as { driverError?: { code?: unknown } } | null | undefined)?.driverError?.code === '22021';
}

function words(locale: Locale, status: number, retryAfter = 300): { status: number; title: string; detail: string } {
  const known = told.has(status) ? status : status < 500 ? 400 : 500;
  const detail = message(locale, `error.${known}.detail`, { minutes: Math.ceil(retryAfter / 60) });
  return { status, title: message(locale, `error.${known}.title`), detail };
}

/** Seconds after which it may work, where whoever threw knows them. */
function retryAfterOf(exception: unknown): number | undefined {
  const { retryAfter } = (exception ?? {}) as { retryAfter?: unknown };
  return exception instanceof HttpException && typeof retryAfter === 'number' ? retryAfter : undefined;
}

/** What busboy says of a multipart form that is cut off or names no boundary; it gives no status. */
const isBrokenForm = (error: unknown): boolean =>
  error instanceof Error &&
  /^(Multipart:|Unexpected end of (multipart data|form)|Malformed part header)/.test(error.message);
