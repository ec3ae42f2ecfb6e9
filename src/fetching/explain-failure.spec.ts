import { describe, expect, it } from '@jest/globals';
import { explainFailure } from './explain-failure.js';
import { RefusedTarget } from './guarded-connector.js';
import { TooLarge, UnknownEncoding } from './read-body.js';

const explain = (error: unknown) => explainFailure(error, new AbortController().signal);
const coded = (code: string) => Object.assign(new Error('said by a library'), { code });

describe('why a fetch failed, in words', () => {
  it.each([
    ['ENOTFOUND', 'the host name does not resolve'],
    ['EAI_AGAIN', 'the host name cannot be resolved at present'],
    ['ECONNREFUSED', 'the server refused the connection'],
    ['ECONNRESET', 'the server broke the connection'],
    ['EHOSTUNREACH', 'the server cannot be reached'],
    ['ENETUNREACH', 'the server cannot be reached'],
    ['UND_ERR_SOCKET', 'the server broke the connection'],
    ['UND_ERR_CONNECT_TIMEOUT', 'the server did not take the connection within 3 seconds'],
    ['UND_ERR_HEADERS_TIMEOUT', 'the server was silent for 3 seconds'],
    ['UND_ERR_BODY_TIMEOUT', 'the server was silent for 3 seconds'],
    ['UND_ERR_HEADERS_OVERFLOW', 'the headers are too large'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is not valid (ERR_TLS_CERT_ALTNAME_INVALID)'],
    ['CERT_HAS_EXPIRED', 'its certificate is not valid (CERT_HAS_EXPIRED)'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not valid (UNABLE_TO_VERIFY_LEAF_SIGNATURE)'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is not valid (SELF_SIGNED_CERT_IN_CHAIN)'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is not valid (DEPTH_ZERO_SELF_SIGNED_CERT)'],
    ['Z_DATA_ERROR', 'the compressed body is broken'],
    ['ERR_BROTLI_DECODER_ERROR_UNREACHABLE', 'the compressed body is broken'],
    ['ERR__ERROR_FORMAT_PADDING_1', 'the compressed body is broken'],
    ['HPE_INVALID_CONSTANT', 'the server does not speak HTTP'],
    ['ENOMEM', 'failed (ENOMEM)'],
    ['toString', 'failed (toString)'],
    ['NOT_A_CERT_', 'failed (NOT_A_CERT_)'],
    ['NOT_Z_', 'failed (NOT_Z_)'],
    ['NOT_ERR_BROTLI', 'failed (NOT_ERR_BROTLI)'],
    ['NOT_ERR__ERROR_', 'failed (NOT_ERR__ERROR_)'],
  ])('%s', (code, words) => expect(explain(coded(code))).toBe(words));

  it('names the kind of an error without a code', () =>
    expect(explain(new TypeError('odd'))).toBe('failed (TypeError)'));

  it.each(['AbortError', 'TimeoutError'])('knows the %s of a caller who gives up, by its name', (name) => {
    expect(explain(new DOMException('given up', name))).toBe('given up to leave time for others');
    expect(explain(Object.assign(coded('ABORT_ERR'), { name }))).toBe('given up to leave time for others');
  });

  it('takes no number for a code', () =>
    expect(explain(new DOMException('odd', 'DataCloneError'))).toBe('failed (DataCloneError)'));

  it('says so of what is not an error at all', () => expect(explain('odd')).toBe('failed for an unknown reason'));

  it('puts the end of the whole time before everything else', () =>
    expect(explainFailure(coded('ECONNRESET'), AbortSignal.abort())).toBe('not complete after 10 seconds'));

  it('passes on what our own rules say, also where a library has wrapped it', () => {
    expect(explain(new RefusedTarget('a private address'))).toBe('a private address');
    expect(explain(new Error('fetch failed', { cause: new RefusedTarget('a private address') }))).toBe(
      'a private address',
    );
    expect(explain(new TooLarge('larger than 5 bytes'))).toBe('larger than 5 bytes');
  });

  it('repeats 40 characters of what a server has put into a header, no more', () =>
    expect(explain(new UnknownEncoding('x'.repeat(60)))).toBe(
      `packed in a way that was not asked for (${'x'.repeat(40)})`,
    ));
});
