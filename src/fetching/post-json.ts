import { Agent, request } from 'undici';
import type { z } from 'zod';
import { explainFailure } from './explain-failure.js';
import { acceptEncoding, readBody } from './read-body.js';

export interface Question<T> {
  body: unknown;
  /** Sent as the bearer token (RFC 6750, section 2.1). */
  key?: string | undefined;
  /** What the answer must look like. */
  answer: z.ZodType<T>;
  /** Ends the wait early. */
  signal: AbortSignal;
  /** 2 s unless told. */
  totalMs?: number;
}

export type Answered<T> = { kind: 'ok'; value: T } | { kind: 'failed'; reason: string };

const usualMs = 2_000;
const maxBytes = 8 * 1024 * 1024;

/**
 * Asks a service that the operator has named in a setting, which therefore may live on a private address, unlike what `fetchDocument` is given by others.
 * No redirects, 2 s in all unless told, 8 MB decoded. Never throws for what the other side does.
 */
export async function postJson<T>(address: string, question: Question<T>): Promise<Answered<T>> {
  const dispatcher = new Agent();
  const time = AbortSignal.timeout(question.totalMs ?? usualMs);
  const signal = AbortSignal.any([time, question.signal]);
  try {
    const { statusCode, headers, body } = await request(address, {
      ...{ method: 'POST', dispatcher, signal, headers: headersFor(question), body: JSON.stringify(question.body) },
    });
    const bytes = await readBody(body, headers['content-encoding'], maxBytes, signal);
    return statusCode === 200 ? read(bytes, question.answer) : failed(`the server answered ${statusCode}`);
  } catch (error) {
    return failed(signal.aborted ? 'no complete answer in time' : explainFailure(error, signal));
  } finally {
    await dispatcher.destroy();
  }
}

function headersFor({ key }: Pick<Question<unknown>, 'key'>): Record<string, string> {
  return {
    ...{ accept: 'application/json', 'accept-encoding': acceptEncoding, 'content-type': 'application/json' },
    ...(key && { authorization: `Bearer ${key}` }),
  };
}

function read<T>(bytes: Buffer, answer: z.ZodType<T>): Answered<T> {
  try {
    const parsed = answer.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success ? { kind: 'ok', value: parsed.data } : failed('the answer is not of the expected shape');
  } catch {
    return failed('the answer is not JSON');
  }
}

const failed = (reason: string) => ({ kind: 'failed' as const, reason });
