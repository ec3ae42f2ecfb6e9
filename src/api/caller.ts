import type { FastifyRequest } from 'fastify';
import type { Instant } from '../database/now.js';
import { forbidden } from './problem.js';
import { covers, type Scope } from './scope.js';

/** A key that may act now: neither revoked nor past its end. */
export interface ApiKey {
  id: string;
  owner: string;
  scopes: Scope[];
}

/** Who calls, when the call came in, and what was done where the route alone does not say it (a button of the desk). */
export interface Caller {
  key: ApiKey;
  now: Instant;
  action?: string;
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

/**
 * For what only some bodies of a route ask for, such as an attested consent.
 * @throws {Problem} 403 where the key lacks the scope
 */
export function demand(request: FastifyRequest, needed: Scope): void {
  const { scopes } = keyOf(request);
  if (!covers(scopes, needed)) throw forbidden(needed, scopes);
}
