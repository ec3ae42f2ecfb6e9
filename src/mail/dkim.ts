import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { ConfigError, type Config } from '../config.js';

/** Who signs (RFC 6376 §3.5: d= and s=) and with what. */
export interface DkimKey {
  domain: string;
  selector: string;
  key: KeyObject;
}

const signOffThread = promisify(sign);

/**
 * Puts a DKIM-Signature before a letter: rsa-sha256, relaxed/relaxed (RFC 6376). Every header field of the letter is
 * signed, List-Unsubscribe-Post, Feedback-ID and Auto-Submitted among them, and From once more than it occurs, so that
 * none can be added. The signature itself is computed on libuv's threads.
 *
 * @param raw CRLF line ends throughout
 */
export async function signLetter(raw: Buffer, { domain, selector, key }: DkimKey): Promise<Buffer> {
  const end = raw.indexOf('\r\n\r\n');
  const fields = raw
    .subarray(0, end)
    .toString('latin1')
    .split(/\r\n(?![ \t])/); // each of ours occurs once
  const names = [...fields.map((field) => field.slice(0, field.indexOf(':')).toLowerCase()), 'from'];
  const bodyHash = createHash('sha256')
    .update(relaxedBody(raw.subarray(end + 4)))
    .digest('base64');
  const tags = [
    `v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector}`,
    `h=${names.join(':\r\n  ')}`,
    `bh=${bodyHash}`,
    'b=',
  ];
  const unsigned = `DKIM-Signature: ${tags.join(';\r\n ')}`;
  const text = [...fields, unsigned].map(relaxedField).join('\r\n');
  const signature = await signOffThread('sha256', Buffer.from(text, 'latin1'), key);
  const folded = signature.toString('base64').replace(/.{72}/g, '$&\r\n ');
  return Buffer.concat([Buffer.from(`${unsigned}${folded}\r\n`, 'latin1'), raw]);
}

/** The operator's key. @throws {ConfigError} that names the variable and the fix */
export function readDkimKey(config: Readonly<Config>): DkimKey | null {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: file } = config;
  if (!domain || !selector || !file) return null;
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails!.modulusLength! >= 1024)
      return { domain, selector, key };
  } catch (error) {
    throw new ConfigError(
      `DKIM_KEY_FILE: "${file}" cannot be read (${(error as Error).message}). Expected: a PEM file with an RSA private key.`,
    );
  }
  throw new ConfigError(`DKIM_KEY_FILE: "${file}" holds another kind of key. Expected: RSA, 2048 bits.`);
}

/** §3.4.2 */
function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
}

/** Runs of white space, white space at the end of a line, and another end than one CRLF. */
const notRelaxed = /[ \t]{2}|\t|[ \t]\r\n|\r\n\r\n$|[^\n]$|^$/;

/** §3.4.4. The letters of an edition are relaxed as they are; to look costs a tenth of writing them anew. */
function relaxedBody(body: Buffer): Buffer {
  const latin1 = body.toString('latin1');
  if (!notRelaxed.test(latin1)) return body;
  const text = latin1
    .replace(/[ \t]+(?=\r\n|$)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(?:\r\n)*$/, '');
  return Buffer.from(text === '' ? '' : `${text}\r\n`, 'latin1');
}
