import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

export interface Asset {
  bytes: Buffer;
  mediaType: string;
  /** True if the address names exactly these bytes: it may be kept for ever. */
  exact: boolean;
}

const mediaTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.js': 'text/javascript; charset=utf-8',
};

const folder = new URL('./assets/', import.meta.url);
const files = new Map(readdirSync(folder).filter(isAsset).map(readAsset));

/** The address of a file of `pages/assets`, with its content's hash, so that it can be cached for ever.
 *  @throws {Error} if there is no such file */
export function assetUrl(name: string): string {
  const file = files.get(name);
  if (!file) throw new Error(`No asset ${name}`);
  return `/assets/${name.replace(/(\.\w+)$/, `.${file.hash}$1`)}`;
}

/** @param name as in the address, `site.0123abcd.css`; an older hash gets the present bytes, for pages still open in a browser */
export function findAsset(name: string): Asset | undefined {
  const [, stem, hash, extension] = /^(.+?)(?:\.([0-9a-f]{8}))?(\.\w+)$/.exec(name) ?? [];
  const file = files.get(`${stem}${extension}`);
  return file && { bytes: file.bytes, mediaType: file.mediaType, exact: hash === file.hash };
}

function isAsset(name: string): boolean {
  return extname(name) in mediaTypes;
}

function readAsset(name: string): [string, { bytes: Buffer; hash: string; mediaType: string }] {
  const bytes = readFileSync(new URL(name, folder));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return [name, { bytes, hash, mediaType: mediaTypes[extname(name)]! }];
}
