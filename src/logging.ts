import { Logger, RequestMethod } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Params } from 'nestjs-pino';
import type { Config } from './config.js';
import { safeError } from './safe-error.js';

/**
 * One line of JSON for each entry. On a terminal, where a person reads: warnings and worse only, in plain words;
 * a LOG_LEVEL other than `info` is obeyed there too.
 */
export function loggerParams(config: Pick<Config, 'LOG_LEVEL'>, out: NodeJS.WriteStream = process.stdout): Params {
  const level = out.isTTY && config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL;
  const form = out.isTTY ? inWords : (line: string) => line;
  const options = {
    level,
    // Requests are logged by logRequests: here the URL, which may hold a reader's token, would be all there is.
    autoLogging: false,
    quietReqLogger: true,
    redact: { paths: secrets, censor: '[hidden]' },
    wrapSerializers: false,
    serializers: { err: safeError, req: () => undefined, res: () => undefined },
  };
  return {
    pinoHttp: [options, { write: (line: string) => void out.write(censor(form(line))) }],
    // The default of nestjs-pino 5.2 matches no path under Nest 12.5 on Fastify (tried): entries would lack their reqId.
    forRoutes: [{ path: '/{*splat}', method: RequestMethod.ALL }],
  };
}

const secrets = ['authorization', 'cookie', 'password', 'secret', 'token', 'address', 'email'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** A character of a name before or after an @. */
const inName = /[^\s"<>\\/:;,()[\]=@]/u;
const host = /^(?:[^\s"'<>\\/:;,()[\]=@]+\.)?\p{L}[\p{L}\d-]+/u;

/**
 * Whatever a library puts into its messages: no mail address gets into a log. Linear: what stands between two @ is looked
 * at once from each side.
 */
export function censor(line: string): string {
  const parts = line.split('@');
  let out = parts[0]!;
  for (const part of parts.slice(1)) {
    let start = out.length;
    while (start > 0 && inName.test(out[start - 1]!)) start -= 1;
    const [found] = host.exec(part) ?? [];
    out =
      found === undefined || start === out.length
        ? `${out}@${part}`
        : `${out.slice(0, start)}[address]${part.slice(found.length)}`;
  }
  return out;
}

const names: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' };

function inWords(line: string): string {
  const { level, context, msg, err } = JSON.parse(line) as {
    level: number;
    context?: string;
    msg?: string;
    err?: { message?: string; stack?: string };
  };
  const what = [msg, err?.message].filter(Boolean).join(': ');
  return `${names[level] ?? level}${context ? ` (${context})` : ''}: ${what}${err?.stack ? `\n${err.stack}` : ''}\n`;
}

/** Logs each answer by the template of its route: the URL itself may hold a reader's token. Call it before the app listens. */
export function logRequests(app: NestFastifyApplication): void {
  const log = new Logger('HTTP');
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const entry = {
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        reqId: request.id,
      };
      if (/^\/(health|metrics|assets|sample)/.test(route)) log.debug(entry, 'answered');
      else log.log(entry, 'answered');
      done();
    });
}
