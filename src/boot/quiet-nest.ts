import type { LoggerService } from '@nestjs/common';

/** What Nest says of its own doings at every start: some ninety lines that hide the five a person wants. */
const chatter = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** The same logger, without Nest's chatter. */
export function quietNest(logger: LoggerService): LoggerService {
  const quiet = Object.create(logger) as LoggerService;
  quiet.log = (message: unknown, ...rest: unknown[]) => {
    if (!chatter.has(String(rest.at(-1)))) logger.log(message, ...rest);
  };
  return quiet;
}
