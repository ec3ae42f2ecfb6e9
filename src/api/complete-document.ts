import type { OpenAPIObject } from '@nestjs/swagger';

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
  if (method !== 'post') return;
  operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
}

function refusals(operation: Operation, method: string, path: string): (keyof typeof answers)[] {
  return [
    ...(operation.requestBody || operation.parameters?.length ? ([400] as const) : []),
    401,
    403,
    ...(path.includes('{') ? ([404] as const) : []),
    ...(method === 'get' ? [] : ([409] as const)),
    ...(operation.requestBody ? ([422] as const) : []),
  ];
}

const answer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const answers = {
  400: answer('The request cannot be parsed'),
  401: answer('No key, or one that is unknown, revoked or past its end'),
  403: answer('The key has not the scope this needs'),
  404: answer('There is no such thing'),
  409: answer('The present state does not allow this'),
  422: answer('A field is wrong; `errors` names it and the fix'),
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
