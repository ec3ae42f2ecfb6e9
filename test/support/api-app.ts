import { APP_FILTER } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { Logger, LoggerModule } from 'nestjs-pino';
import { AdminModule } from '../../src/admin/admin.module.js';
import { ApiModule } from '../../src/api/api.module.js';
import { setUpOpenApi } from '../../src/api/open-api.js';
import { CONFIG, readConfig, type Config } from '../../src/config.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { Errors } from '../../src/errors.js';
import { HealthModule } from '../../src/health/health.module.js';
import { LimitsModule } from '../../src/limits/limits.module.js';
import { loggerParams, logRequests } from '../../src/logging.js';
import { PagesModule } from '../../src/pages/pages.module.js';
import { holdToDocument } from './hold-to-document.js';

@Global()
@Module({})
class ConfigModule {
  static of(config: Readonly<Config>): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}

/** The API without any stage: keys, audit, problems, health, and the controllers of the test. It listens on a free port. */
export async function startApiApp(
  databaseUrl: string,
  env: Record<string, string> = {},
  controllers: Type[] = [],
  logTo?: NodeJS.WriteStream,
): Promise<ApiApp> {
  const config = readConfig({ DATABASE_URL: databaseUrl, SECRET: `t1:${'s'.repeat(32)}`, ...env });
  const logging = logTo ? [LoggerModule.forRoot(loggerParams(config, logTo))] : [];
  const testing = await Test.createTestingModule({
    imports: [
      ...logging,
      ConfigModule.of(config),
      DatabaseModule.forUrl(databaseUrl),
      HealthModule,
      LimitsModule,
      PagesModule,
      ApiModule,
      AdminModule,
    ],
    controllers,
    providers: [Errors, { provide: APP_FILTER, useExisting: Errors }],
  }).compile();
  const adapter = new FastifyAdapter({
    bodyLimit: 100_000,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      void app.get(Errors).answer(error, request, reply),
  });
  const app = testing.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
  if (logTo) app.useLogger(app.get(Logger));
  logRequests(app);
  setUpOpenApi(app);
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl(), stop: () => app.close() };
}

/** An ADMIN_API_KEY: any text of an operator's own. */
export const adminKey = 'an operator chose this text';
export const bearer = { key: adminKey };
export const now = () => Temporal.Now.instant();

export interface ApiApp {
  app: NestFastifyApplication;
  url: string;
  stop: () => Promise<void>;
}

/** What the API answers: a problem, a collection, a key, or the report of its health. */
interface Body {
  status: number;
  detail: string;
  errors: { path: string; detail: string; fix?: string }[];
  items: Record<string, unknown>[];
  nextCursor: string | null;
  id: string;
  key: string;
  title: string;
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  error: Record<string, { message: string }>;
  info: Record<string, { status: string }>;
  details: Record<string, unknown>;
  degraded: string[];
}

export interface Operation {
  summary?: string;
  security?: unknown;
  parameters?: { name: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema?: object }> } | undefined>;
}

/** A new key, made by the admin. */
export const makeKey = async (url: string, scopes: string[], more: object = {}) =>
  (await call(url, 'POST', '/api/v1/keys', { ...bearer, body: { owner: 'test', scopes, ...more } })).json;

/** One request as `key`, with a JSON body unless it is text. */
export async function call(
  url: string,
  method: string,
  path: string,
  options: { key?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const { key, body, headers = {} } = options;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  await holdToDocument(url, method, path, response);
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const answered: Body = /json/.test(type) ? JSON.parse(text) : {};
  return {
    status: response.status,
    type,
    headers: response.headers,
    text,
    json: answered,
  };
}
