import { randomUUID } from 'node:crypto';
import { Catch, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from './problem.js';
import { problemOf } from './problem-of.js';

/** Answers errors under /api as problem details (RFC 9457). What broke on our side is logged under an id, which the answer gives. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('API');

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(error, host.switchToHttp().getResponse<FastifyReply>());
  }

  answer(error: unknown, reply: FastifyReply): void {
    if (reply.sent) return;
    const problem = problemOf(error) ?? this.broken(error);
    const status = problem.getStatus();
    const { needed, retryAfter = status === 503 ? 5 : undefined } = problem.extra;
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    if (needed) void reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${needed}"`);
    // As bytes: to texts, Fastify would add a charset, which this media type does not have.
    const body = Buffer.from(JSON.stringify(problem.getResponse()));
    void reply.status(status).header('cache-control', 'no-store').type('application/problem+json').send(body);
  }

  private broken(error: unknown): Problem {
    const id = randomUUID();
    this.log.error({ err: error, id }, 'A request failed');
    return new Problem(500, 'Internal error', `Something broke on our side. The log has it under the id ${id}.`, {
      id,
    });
  }
}
