import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { acceptEncoding, readBody, TooLarge, UnknownEncoding } from './read-body.js';

const text = Buffer.from('a feed');
const read = (bytes: Buffer, encoding?: string | string[], maxBytes = 1_000) =>
  readBody(Readable.from([bytes]), encoding, maxBytes, new AbortController().signal);

describe('a body', () => {
  it('may come packed in the three ways that are asked for', () => expect(acceptEncoding).toBe('gzip, br, deflate'));

  it.each<[string | string[] | undefined, Buffer]>([
    [undefined, text],
    ['', text],
    ['identity', text],
    ['gzip', gzipSync(text)],
    [' GZip ', gzipSync(text)],
    [['gzip'], gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
  ])('is unpacked from %j', async (encoding, bytes) => expect(await read(bytes, encoding)).toEqual(text));

  it.each(['zstd', 'gzip, gzip', 'constructor', '__proto__'])('packed as %j is not read', async (encoding) => {
    const unread = read(text, encoding);
    await expect(unread).rejects.toBeInstanceOf(UnknownEncoding);
    await expect(unread).rejects.toThrow(encoding);
  });

  it('may be as large as the limit, and no larger', async () => {
    expect(await read(text, undefined, text.length)).toEqual(text);
    const unread = read(text, undefined, text.length - 1);
    await expect(unread).rejects.toBeInstanceOf(TooLarge);
    await expect(unread).rejects.toThrow('larger than 5 bytes');
  });

  it('in many small pieces counts as a whole', async () => {
    const pieces = Readable.from(Array.from({ length: 11 }, () => Buffer.from('x')));
    await expect(readBody(pieces, undefined, 10, new AbortController().signal)).rejects.toBeInstanceOf(TooLarge);
  });

  it('is too large where it is small on the line, and where it is small only after unpacking', async () => {
    const zeros = gzipSync(Buffer.alloc(2_000));
    expect(zeros.length).toBeLessThan(1_000);
    await expect(read(zeros, 'gzip')).rejects.toBeInstanceOf(TooLarge);
    const padded = Buffer.concat(Array.from({ length: 10 }, () => gzipSync(Buffer.alloc(0))));
    await expect(read(padded, 'gzip', 100)).rejects.toBeInstanceOf(TooLarge);
  });

  it.each([undefined, 'gzip'])('of a server that stops (%j) ends when it is given up', async (encoding) => {
    const abort = new AbortController();
    const silent = new Readable({ read: () => undefined });
    const reading = readBody(silent, encoding, 10, abort.signal);
    abort.abort();
    await expect(reading).rejects.toMatchObject({ code: 'ABORT_ERR' });
    expect(silent.destroyed).toBe(true);
  });
});
