import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isApi } from './api/is-api.js';
import { wrongMethod } from './api/known-routes.js';
import { ProblemFilter } from './api/problem.filter.js';
import { ErrorPageFilter } from './pages/error-page.filter.js';

/**
 * The only catch-all filter. Nest asks one filter for an error, the last one registered that matches, so two
 * catch-alls cannot share the work; this one looks at the path: programs get problem details, people a page.
 */
@Catch()
export class Errors implements ExceptionFilter {
  constructor(
    private readonly problems: ProblemFilter,
    private readonly pages: ErrorPageFilter,
  ) {}

  catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    return this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also for FastifyAdapter's `frameworkErrors`: a path that cannot be decoded fits no route, so Nest does not see it. */
  async answer(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const wrong = wrongMethod(request);
    if (wrong) reply.header('allow', wrong.allow);
    const cause = wrong?.error ?? error;
    if (isApi(request.url)) this.problems.answer(cause, reply);
    else await this.pages.answer(cause, request, reply);
  }
}
