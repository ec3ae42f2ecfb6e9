import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export const acceptEncoding = 'gzip, br, deflate';

/** The body is larger than asked for, counted after decompression. */
export class TooLarge extends Error {}
/** The body is packed in a way that was not asked for. */
export class UnknownEncoding extends Error {}

const decoders: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
};

/**
 * Reads a body to its end, unpacking one layer of compression.
 * `encoding` is the Content-Encoding header as undici gives it. Both what comes over the line and what it unpacks to are bounded, so that a bomb ends after `maxBytes`.
 * @throws {TooLarge | UnknownEncoding}
 */
export async function readBody(
  body: Readable,
  encoding: string | string[] | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const collect = async (stream: AsyncIterable<Buffer>) => {
    for await (const chunk of bounded(stream, maxBytes)) chunks.push(chunk);
  };
  const name = [encoding].flat()[0]?.trim().toLowerCase() || 'identity';
  if (name === 'identity') await pipeline(body, collect, { signal });
  else await pipeline(body, (stream) => bounded(stream, maxBytes), decoderFor(name), collect, { signal });
  return Buffer.concat(chunks);
}

function decoderFor(encoding: string): Transform {
  const create = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (!create) throw new UnknownEncoding(encoding);
  return create();
}

async function* bounded(stream: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new TooLarge(`larger than ${maxBytes} bytes`);
    yield chunk;
  }
}
