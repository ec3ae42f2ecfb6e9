import { Injectable, Logger, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { conflict, malformed, Problem } from '../api/problem.js';
import { problemOf } from '../api/problem-of.js';
import { callerOf, type Caller } from '../api/caller.js';
import { fingerprintOf, IdempotentRequests, type Answer, type Claim, type Claimed } from './idempotent-requests.js';
import { SHOWN_ONCE } from './shown-once.js';

const shape = /^[\x21-\x7e]{1,255}$/;

/** A POST with an Idempotency-Key is done once: its repeats get the first answer, on whichever instance they arrive. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly log = new Logger('Idempotency');

  constructor(
    private readonly reflector: Reflector,
    private readonly requests: IdempotentRequests,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const caller = callerOf(request);
    const header = request.headers['idempotency-key'];
    if (!caller || request.method !== 'POST' || header === undefined) return next.handle();

    const claim = claimOf(request, caller, header);
    const claimed = await this.requests.claim(claim, caller.now);
    if (claimed.kind !== 'ours') return of(repeat(claimed, reply));
    const secret = this.reflector.get<boolean | undefined>(SHOWN_ONCE, context.getHandler()) === true;
    return of(await this.act(claim, next, () => reply.statusCode, secret));
  }

  private async act(claim: Claim, next: CallHandler, status: () => number, secret: boolean): Promise<unknown> {
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.settle(claim, secret ? shownBefore : { status: status(), body });
      return body;
    } catch (error) {
      const problem = problemOf(error);
      const answer =
        problem && problem.getStatus() < 500 ? { status: problem.getStatus(), body: problem.getResponse() } : undefined;
      await this.settle(claim, answer);
      throw error;
    }
  }

  /** What was done is done: a caller hears of it even when the answer could not be kept. */
  private async settle(claim: Claim, answer: Answer | undefined): Promise<void> {
    try {
      await (answer ? this.requests.keep(claim, answer) : this.requests.giveBack(claim));
    } catch (error) {
      this.log.error({ err: error, keyId: claim.keyId }, 'An answer could not be kept for repeats');
    }
  }
}

function claimOf(request: FastifyRequest, caller: Caller, header: string | string[]): Claim {
  if (typeof header !== 'string' || !shape.test(header))
    throw malformed('Idempotency-Key: send one, of 1 to 255 visible ASCII characters, without spaces.');
  return {
    keyId: caller.key.id,
    idempotencyKey: header,
    fingerprint: fingerprintOf(request.method, request.url, request.body),
  };
}

function repeat(claimed: Exclude<Claimed, { kind: 'ours' }>, reply: FastifyReply): unknown {
  switch (claimed.kind) {
    case 'answered': {
      const { status, body } = claimed.answer;
      if (status >= 400) throw problemAgain(body as ProblemBody);
      void reply.status(status);
      return body ?? undefined;
    }
    case 'another request':
      throw new Problem(
        422,
        'Unprocessable',
        'This Idempotency-Key was used for another request. Send a new key for a new request.',
      );
    case 'unfinished':
      throw conflict(
        `A request with this Idempotency-Key began at ${claimed.since.toISOString()} and has not finished. Repeat it in a few seconds; ` +
          `if this stays so, its outcome is unknown: look whether it was done, and only then send it under a new key.`,
      );
  }
}

interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
}

const problemAgain = ({ type: _type, title, status, detail, ...extra }: ProblemBody): Problem =>
  new Problem(status, title, detail, extra);

const shownBefore: Answer = {
  status: 409,
  body: conflict('This was done under the same Idempotency-Key, and its answer is shown only once.').getResponse(),
};
