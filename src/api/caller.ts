import type { FastifyRequest } from 'fastify';
import type { Instant } from '../database/now.js';
import type { Scope } from './scope.js';

/** A key that may act now: neither revoked nor past its end. */
export interface ApiKey {
  id: string;
  owner: string;
  scopes: Scope[];
}

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

/** The key that the guard of /api/v1 let pass; controllers of the API always find one. */
export function keyOf(request: FastifyRequest): ApiKey {
  const caller = callers.get(request);
  if (!caller) throw new Error('No key was checked for this request: its route does not begin with /api/v1/');
  return caller.key;
}
