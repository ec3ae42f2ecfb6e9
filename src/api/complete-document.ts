import type { OpenAPIObject } from '@nestjs/swagger';
import { refusesKey, type Refusal } from './refuses.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Adds what is the same for every operation of /api/v1, and drops what is no part of the API (pages, health). */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith('/api/v1/')));
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation) complete(operation, method, path);
    }
  }
  const schemas = { ...document.components?.schemas, Problem: problem };
  return { ...document, paths, components: { ...document.components, schemas } };
}

function complete(operation: Operation, method: string, path: string): void {
  operation.security = [{ key: [] }];
  operation.responses = {
    ...operation.responses,
    ...Object.fromEntries(refusals(operation, method, path).map((status) => [status, answers[status]])),
  };
  delete (operation as { [refusesKey]?: unknown })[refusesKey];
  if (method !== 'post') return;
  operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
}

/**
 * What can refuse a request before or beside its own step: the key guard (401, 403, 429), the schema pipe (400, 422), Fastify
 * (413, 415), a state that has moved on (409), the database (503). A step with a cause of its own says so with `@Refuses`.
 */
function refusals(operation: Operation, method: string, path: string): Refusal[] {
  const sendsBody = operation.requestBody !== undefined;
  return [
    ...when(sendsBody || operation.parameters !== undefined, 400),
    401,
    403,
    ...when(path.includes('{'), 404),
    ...when(method !== 'get', 409),
    ...when(sendsBody || method === 'post', 413, 415),
    ...when(sendsBody || method === 'post', 422),
    429,
    503,
    ...((operation as { [refusesKey]?: Refusal[] })[refusesKey] ?? []),
  ];
}

const when = (holds: boolean, ...statuses: Refusal[]): Refusal[] => (holds ? statuses : []);

const answer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const answers = {
  400: answer('The request cannot be parsed'),
  401: answer('No key, or one that is unknown, revoked or past its end'),
  403: answer('The key lacks the scope that this needs; `needed` names it'),
  404: answer('There is no such thing'),
  409: answer('The present state does not allow this'),
  413: answer('The body is larger than this server takes'),
  415: answer('The body is not application/json'),
  422: answer('A field is wrong; `errors` names it and the fix'),
  429: answer('Too many wrong keys from this network, or too much of this in one hour: see Retry-After'),
  503: answer('The database does not answer: see Retry-After'),
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description:
    'Any text of your own, 1 to 255 visible ASCII characters. The same key with the same request gets the same answer for 24 hours, and nothing is done twice.',
  schema: { type: 'string' as const, maxLength: 255 },
};

const problem = {
  type: 'object',
  description: 'RFC 9457 problem details',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    allowed: { type: 'array', items: { type: 'string' }, description: 'with 409: what the state does allow' },
    needed: { type: 'string', description: 'with 403: the scope that is missing' },
    retryAfter: { type: 'integer', description: 'with 429: seconds to wait' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'detail'],
        properties: {
          path: { type: 'string', example: 'figures.0.src' },
          detail: { type: 'string' },
          fix: { type: 'string' },
        },
      },
    },
  },
};
