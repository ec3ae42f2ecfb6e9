import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Logger as PinoLogger } from 'nestjs-pino';
import { noteRoutes } from '../api/known-routes.js';
import { setUpOpenApi } from '../api/open-api.js';
import { AppModule } from '../app.module.js';
import type { Config } from '../config.js';
import { quietNest } from './quiet-nest.js';
import { Errors } from '../errors.js';
import { logRequests } from '../logging.js';

const bodyLimitBytes = 1_048_576;
/** A request that has not arrived whole by then is cut (408); what is answered may take longer. */
const slowestRequestMs = 20_000;
/** In characters as they are sent: an address of 254 octets (RFC 5321 §4.5.3.1.3), each as %XX, and some more. */
const longestParameter = 1_000;

/** Builds the service from its settings; it neither listens nor ticks yet. */
export async function createApp(config: Readonly<Config>): Promise<NestFastifyApplication> {
  const proxies = config.TRUSTED_PROXIES;
  const adapter = new FastifyAdapter({
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: slowestRequestMs,
    // Node looks at whole requests only where headers have no longer than they (tried on Node 26).
    http: { headersTimeout: slowestRequestMs, connectionsCheckingInterval: 2_000 },
    routerOptions: { maxParamLength: longestParameter },
    // A path that cannot be decoded fits no route: Nest never sees it.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      void app.get(Errors).answer(error, request, reply),
  });
  noteRoutes(adapter.getInstance() as unknown as FastifyInstance);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), adapter, {
    abortOnError: false,
    bufferLogs: true,
  });
  app.useLogger(quietNest(app.get(PinoLogger)));
  logRequests(app);
  // RFC 8058 lets mail programs send the one-click POST as multipart; Fastify would answer 415.
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { files: 0, fields: 20, fieldSize: 4096, parts: 20 },
  });
  setUpOpenApi(app);
  return app;
}
