import { Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../api/network.js';
import { forbidden, Problem, tooMany } from '../api/problem.js';
import { covers, SCOPE, type Scope } from '../api/scope.js';
import { Clock } from '../database/database.module.js';
import { digestOf, longestKey } from './api-key.js';
import { routeOf, setCaller, type ApiKey } from '../api/caller.js';
import { FailedKeys } from './failed-keys.js';
import { IdentifyKey } from './identify-key.js';
import { neededScope } from './needed-scope.js';

/** Lets a request to /api/v1 pass if its key is valid and has the scope (RFC 6750). Other paths pass unasked. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly log = new Logger('API keys');

  constructor(
    private readonly reflector: Reflector,
    private readonly clock: Clock,
    private readonly identify: IdentifyKey,
    private readonly failed: FailedKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (!routeOf(request).startsWith('/api/v1/')) return true;

    const key = await this.authenticate(request, reply);
    const needed =
      this.reflector.getAllAndOverride<Scope | undefined>(SCOPE, [context.getHandler(), context.getClass()]) ??
      neededScope(request.method, routeOf(request));
    if (!covers(key.scopes, needed)) throw forbidden(needed, key.scopes);
    return true;
  }

  private async authenticate(request: FastifyRequest, reply: FastifyReply): Promise<ApiKey> {
    const text = bearerOf(request.headers.authorization);
    if (!text) throw unauthorized(reply, 'Bearer', 'Send an API key: the header Authorization: Bearer KEY.');
    if (text.length > longestKey) throw unknown(reply);
    const network = networkOf(request.ip);
    const now = await this.clock.now();
    const looked = await this.failed.look(network, digestOf(text), () => this.identify.run(text, now));
    if (looked.kind === 'too many') throw tooMany(tooManyWrong(looked.seconds), looked.seconds);
    if (looked.kind === 'unknown') {
      this.log.warn({ network }, 'A request came with an unknown, revoked or expired key');
      throw unknown(reply);
    }
    const { key } = looked;
    setCaller(request, { key, now });
    return key;
  }
}

/** Node reads header bytes as Latin-1; an ADMIN_API_KEY may be any text. */
function bearerOf(header = ''): string | undefined {
  const found = /^Bearer +(.+)$/i.exec(header)?.[1];
  return found && Buffer.from(found, 'latin1').toString();
}

const unknown = (reply: FastifyReply): Problem =>
  unauthorized(reply, 'Bearer error="invalid_token"', 'This API key is unknown, revoked or past its end.');

function unauthorized(reply: FastifyReply, challenge: string, detail: string): Problem {
  void reply.header('www-authenticate', challenge);
  return new Problem(401, 'Unauthorized', detail);
}

const tooManyWrong = (seconds: number): string =>
  `Too many wrong keys came from your network. Try again in ${seconds} seconds.`;
