import { RefusedTarget } from './guarded-connector.js';
import { TooLarge, UnknownEncoding } from './read-body.js';

const byCode: Record<string, string> = {
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name cannot be resolved at present',
  ECONNREFUSED: 'the server refused the connection',
  ECONNRESET: 'the server broke the connection',
  EHOSTUNREACH: 'the server cannot be reached',
  ENETUNREACH: 'the server cannot be reached',
  UND_ERR_SOCKET: 'the server broke the connection',
  UND_ERR_CONNECT_TIMEOUT: 'the server did not take the connection within 3 seconds',
  UND_ERR_HEADERS_TIMEOUT: 'the server was silent for 3 seconds',
  UND_ERR_BODY_TIMEOUT: 'the server was silent for 3 seconds',
  UND_ERR_HEADERS_OVERFLOW: 'the headers are too large',
};

/** One line a person at the desk understands. `time` is the signal that ends a fetch as a whole. */
export function explainFailure(error: unknown, time: AbortSignal): string {
  if (time.aborted) return 'not complete after 10 seconds';
  if (!Error.isError(error)) return 'failed for an unknown reason';
  if (error instanceof RefusedTarget) return error.message;
  if (error instanceof TooLarge) return error.message;
  if (error instanceof UnknownEncoding) return `packed in a way that was not asked for (${error.message.slice(0, 40)})`;
  if (error.cause instanceof RefusedTarget) return error.cause.message;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'given up to leave time for others';
  const code = codeOf(error);
  if (Object.hasOwn(byCode, code)) return byCode[code]!;
  if (/^(ERR_TLS|CERT_|UNABLE_|SELF_SIGNED|DEPTH_ZERO)/.test(code)) return `its certificate is not valid (${code})`;
  if (/^Z_|^ERR_.*BROTLI|^ERR__ERROR_/.test(code)) return 'the compressed body is broken';
  if (code.startsWith('HPE_')) return 'the server does not speak HTTP';
  return `failed (${code || error.name})`;
}

/** Empty where there is none that says anything: what ends a fetch early (a DOMException) has a number for its code. */
function codeOf(error: object): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
