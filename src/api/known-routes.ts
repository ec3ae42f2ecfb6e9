import { MethodNotAllowedException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';

interface Route {
  pattern: RegExp;
  /** A path of its own goes before one with parameters, as `/sources/opml` does before `/sources/:id`. */
  parameters: number;
  methods: string[];
}

type WithRoutes = FastifyInstance & { knownRoutes?: Route[] };

/** Takes note of every route, for Fastify tells of a path without one only that there is none. Before the first is added. */
export function noteRoutes(server: FastifyInstance): void {
  const routes: Route[] = [];
  server.decorate('knownRoutes', routes);
  server.addHook('onRoute', ({ url, method }) => {
    routes.push({ pattern: patternOf(url), parameters: url.split(/[:*]/).length - 1, methods: [method].flat() });
  });
}

/**
 * Why a request has found no route, if its path would take another method: 405 (RFC 9110 §15.5.6). The answer must
 * name those methods in `Allow`.
 */
export function wrongMethod(
  request: Pick<FastifyRequest, 'url' | 'method' | 'server' | 'is404'>,
): { error: MethodNotAllowedException; allow: string } | undefined {
  if (!request.is404) return undefined;
  const path = request.url.split('?', 1)[0]!;
  const fitting = ((request.server as WithRoutes).knownRoutes ?? []).filter(({ pattern }) => pattern.test(path));
  const nearest = Math.min(...fitting.map(({ parameters }) => parameters));
  const methods = new Set(fitting.filter((route) => route.parameters === nearest).flatMap((route) => route.methods));
  // A path that fits and would take this method was refused for another reason, such as its length.
  if (methods.size === 0 || fitting.some((route) => route.methods.includes(request.method))) return undefined;
  const allow = [...methods].sort().join(', ');
  return { error: new MethodNotAllowedException(`This path takes ${allow}.`), allow };
}

/** `/lists/:slug/*` as find-my-way reads it: a parameter is one segment, a star is all that follows. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/:[\w]+/g, '[^/]+')
    .replaceAll('*', '.*');
  return new RegExp(`^${source}$`);
}
