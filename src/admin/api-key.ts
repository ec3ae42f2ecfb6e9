import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../database/now.js';

/** The key of the ADMIN_API_KEY setting, whose text is of the operator's own making. */
export const environmentId = 'env';

/** No key is longer than this: a longer text is refused before it is hashed. In UTF-16 code units. */
export const longestKey = 1_000;

const shape = /^dnb_([a-z0-9]{12})_[A-Za-z0-9_-]{43}$/;

/**
 * A new key: `dnb_<id>_<32 random bytes in base64url>`. Ids begin with their time, so that they sort by age.
 * The text is shown once and never stored; the digest is.
 */
export function newKey(now: Instant): { id: string; text: string; digest: Buffer } {
  const time = now.epochMilliseconds.toString(36).padStart(8, '0');
  const id = `${time}${(randomBytes(4).readUInt32BE() % 36 ** 4).toString(36).padStart(4, '0')}`;
  const text = `dnb_${id}_${randomBytes(32).toString('base64url')}`;
  return { id, text, digest: digestOf(text) };
}

/** SHA-256, unsalted and fast on purpose: 256 random bits cannot be guessed from it. */
export const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The ids under which a key may be stored: its own, if it is of our form, and the setting's. */
export function possibleIds(text: string): string[] {
  const own = shape.exec(text)?.[1];
  return own ? [own, environmentId] : [environmentId];
}

export const sameDigest = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
