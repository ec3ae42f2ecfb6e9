import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_PIPE, HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { isApi } from './is-api.js';
import { Problem } from './problem.js';
import { ProblemFilter } from './problem.filter.js';
import { SchemaPipe } from './schema.pipe.js';

const json = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
/** Answers are data. What is to be looked at, the docs and the preview of a letter, brings a policy of its own. */
const policy = "default-src 'none'; frame-ancestors 'none'";

/** What all controllers of the API share: validation, problem details, headers. */
@Module({ providers: [{ provide: APP_PIPE, useClass: SchemaPipe }, ProblemFilter], exports: [ProblemFilter] })
export class ApiModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance();
    fastify.addHook('onRequest', async (request, reply) => {
      if (!isApi(request.url)) return;
      void reply.headers(headers);
      if (!reply.hasHeader('content-security-policy')) void reply.header('content-security-policy', policy);
      const type = request.headers['content-type'];
      // Forms and plain text have parsers of their own, for the pages; the API speaks JSON only.
      if (type !== undefined && !json.test(type))
        throw new Problem(415, 'Unsupported Media Type', 'Send the body as application/json.');
    });
  }
}
