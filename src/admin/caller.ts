import type { FastifyRequest } from 'fastify';
import type { Instant } from '../database/now.js';
import type { ApiKey } from './api-key.js';

/** Who calls, and when the call came in. */
export interface Caller {
  key: ApiKey;
  now: Instant;
}

const callers = new WeakMap<FastifyRequest, Caller>();

/** The guard's word, for those that come after it. Undefined where no valid key was shown. */
export const callerOf = (request: FastifyRequest): Caller | undefined => callers.get(request);

export const setCaller = (request: FastifyRequest, caller: Caller): void => void callers.set(request, caller);

/** The template of the route, such as `/api/v1/keys/:id`. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? '';
