import { isNativeError } from 'node:util/types';

export interface SafeError {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  constraint?: string;
  table?: string;
  column?: string;
  cause?: SafeError;
}

/**
 * What of an error may be logged: an allow-list, because the errors of TypeORM and node-postgres carry the
 * statement's values (`parameters`, `detail`, `where`), and those are addresses and tokens of readers.
 */
export function safeError(error: unknown): SafeError {
  if (!isNativeError(error)) return { type: typeof error, message: String(error).slice(0, 500) };
  const { driverError } = error as { driverError?: Error };
  const { code, constraint, table, column } = (driverError ?? error) as unknown as Record<string, unknown>;
  return {
    type: error.constructor.name,
    message: messageOf(error.message, code),
    ...kept({ code, constraint, table, column }),
    // The stack repeats the message: only its frames are kept.
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(isNativeError(error.cause) ? { cause: safeError(error.cause) } : {}),
  };
}

/** Messages of class 22 (data exceptions) quote the value that did not fit; so do those of a few casts. */
const messageOf = (message: string, code: unknown): string =>
  typeof code === 'string' && /^22/.test(code) ? message.replace(/".*"/s, '"[value]"') : message;

const kept = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));
