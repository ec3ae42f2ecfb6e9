import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { completeDocument } from './complete-document.js';

/** The page of the docs runs Swagger UI's own scripts and styles, from here; nothing of any other host. */
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves /api/openapi.json and /api/docs, both without a key. Call it before the app listens. */
export function setUpOpenApi(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      if (/^\/api\/docs(?:[/?]|$)/.test(request.url)) void reply.header('content-security-policy', docsPolicy);
    });
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('api/docs', app, () => (document ??= describeApi(app)), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Daily News Brief API',
    swaggerOptions: { validatorUrl: null, tryItOutEnabled: true, displayRequestDuration: true },
  });
}

export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('Daily News Brief')
    .setDescription('Lists, sources, articles, editions and deliveries. Errors are RFC 9457 problem details.')
    .setVersion('1')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An API key, such as dnb_… (see /api/v1/keys)' },
      'key',
    )
    .build();
  return completeDocument(SwaggerModule.createDocument(app, head, { standardSchemaConverter: convert }));
}

/** Zod's own JSON Schema, in the form OpenAPI 3.0 knows; what has none (a Date, a transformation) is left open. */
function convert(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { definitions, $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: schemaType,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => nameNull(jsonSchema),
  }) as Record<string, unknown>;
  return { schema: rest, components: (definitions ?? {}) as Record<string, unknown> };
}

/** An enum that may be null has null among its values, or `nullable` would allow nothing (OpenAPI 3.0.3, Schema Object). */
function nameNull(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.nullable === true && schema.enum && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
}
