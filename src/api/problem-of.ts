import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { Problem } from './problem.js';

/** Errors of Fastify (their `code`), in words that help. */
const known: Record<string, string> = {
  FST_ERR_BAD_URL: 'The path cannot be decoded: write a percent sign as %25.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the path is longer than anything here is called.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, though its content type says JSON. Send a body, or no content type.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the body as application/json.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than this server takes.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as its Content-Length says.',
};

/** Any error as a problem: what a caller caused is explained, what broke on our side is not. Undefined: nothing expected, so log it and answer 500. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error))
    return new Problem(503, 'Unavailable', 'The database does not answer. Try again in a few seconds.');
  if (sqlStateOf(error) === numberOutOfRange)
    return new Problem(422, 'Unprocessable', 'A number is larger or smaller than can be kept.');
  if (isUnstorable(error)) return new Problem(404, 'Not found', 'A NUL character names nothing.');
  if (error instanceof HttpException) return problemOfStatus(error.getStatus(), error.cause ?? error, error.message);
  const { statusCode = 500, message } = (error ?? {}) as { statusCode?: number; message?: string };
  return isFastifys(error) && statusCode < 500 ? problemOfStatus(statusCode, error, message ?? '') : undefined;
}

function problemOfStatus(status: number, cause: unknown, message: string): Problem {
  if (status === 404)
    return new Problem(404, 'Not found', 'There is nothing at this path. /api/docs shows what there is.');
  const { code = '' } = cause as { code?: string };
  return new Problem(
    status,
    STATUS_CODES[status] ?? 'Error',
    known[code] ?? (status < 500 ? message : 'Try again later.'),
  );
}

const isFastifys = (error: unknown): boolean =>
  String((error as { code?: unknown } | null)?.code).startsWith('FST_ERR_');

/**
 * Lost or refused connections, a server that starts or stops (SQLSTATE class 08, 57P01–57P03), or a pool that waited in vain. A transaction whose
 * connection is lost between two statements learns of it by TypeORM's having let go of that connection.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const { driverError } = (error ?? {}) as { driverError?: unknown };
  const { code = '', message = '' } = (driverError ?? error ?? {}) as { code?: string; message?: string };
  if (/^(08...|57P0[123])$/.test(code)) return true;
  if (/^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT)$/.test(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|timeout expired/.test(message);
}

/** SQLSTATE 22021: a NUL, in a path; bodies and queries are looked at before. */
const isUnstorable = (error: unknown): boolean => sqlStateOf(error) === '22021';

const numberOutOfRange = '22003';

function sqlStateOf(error: unknown): string | undefined {
  const { driverError } = (error ?? {}) as { driverError?: { code?: string } };
  return driverError?.code;
}
