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
 * Puts a DKIM-Signature of each key before a letter: relaxed/relaxed (RFC 6376), rsa-sha256 or ed25519-sha256 (RFC 8463).
 * Every header field of the letter is signed, List-Unsubscribe-Post, Feedback-ID and Auto-Submitted among them, and From
 * once more than it occurs, so that none can be added. The signatures are computed on libuv's threads.
 *
 * @param raw CRLF line ends throughout
 */
export async function signLetter(raw: Buffer, keys: DkimKey[]): Promise<Buffer> {
  const end = raw.indexOf('\r\n\r\n');
  const fields = raw
    .subarray(0, end)
    .toString('latin1')
    .split(/\r\n(?![ \t])/); // each of ours occurs once
  const bodyHash = createHash('sha256')
    .update(relaxedBody(raw.subarray(end + 4)))
    .digest('base64');
  const signatures = await Promise.all(keys.map((key) => signatureField(fields, bodyHash, key)));
  return Buffer.concat([Buffer.from(signatures.join(''), 'latin1'), raw]);
}

/** @returns the header field with its CRLF */
async function signatureField(fields: string[], bodyHash: string, { domain, selector, key }: DkimKey): Promise<string> {
  const names = [...fields.map((field) => field.slice(0, field.indexOf(':')).toLowerCase()), 'from'];
  const tags = [
    `v=1; a=${key.asymmetricKeyType}-sha256; c=relaxed/relaxed; d=${domain}; s=${selector}`,
    `h=${names.join(':\r\n  ')}`,
    `bh=${bodyHash}`,
    'b=',
  ];
  const unsigned = `DKIM-Signature: ${tags.join(';\r\n ')}`;
  const text = Buffer.from([...fields, unsigned].map(relaxedField).join('\r\n'), 'latin1');
  const signature = await signText(text, key);
  return `${unsigned}${signature.toString('base64').replace(/.{72}/g, '$&\r\n ')}\r\n`;
}

/** Ed25519 signs the hash as a message of its own (RFC 8463 §3). */
function signText(text: Buffer, key: KeyObject): Promise<Buffer> {
  return key.asymmetricKeyType === 'ed25519'
    ? signOffThread(null, createHash('sha256').update(text).digest(), key)
    : signOffThread('sha256', text, key);
}

/** The operator's keys: none, the RSA one, or both. @throws {ConfigError} that names the variable and the fix */
export function readDkimKeys(config: Readonly<Config>): DkimKey[] {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR, DKIM_KEY_FILE, DKIM_ED25519_SELECTOR, DKIM_ED25519_KEY_FILE } = config;
  if (!domain || !DKIM_SELECTOR || !DKIM_KEY_FILE) return [];
  const rsa = { domain, selector: DKIM_SELECTOR, key: readRsaKey(DKIM_KEY_FILE) };
  if (!DKIM_ED25519_SELECTOR || !DKIM_ED25519_KEY_FILE) return [rsa];
  return [rsa, { domain, selector: DKIM_ED25519_SELECTOR, key: readEd25519Key(DKIM_ED25519_KEY_FILE) }];
}

function readRsaKey(file: string): KeyObject {
  const key = readKey('DKIM_KEY_FILE', file, 'RSA');
  if (key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails!.modulusLength! >= 1024) return key;
  throw new ConfigError(`DKIM_KEY_FILE: "${file}" holds another kind of key. Expected: RSA, 2048 bits.`);
}

function readEd25519Key(file: string): KeyObject {
  const key = readKey('DKIM_ED25519_KEY_FILE', file, 'Ed25519');
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new ConfigError(`DKIM_ED25519_KEY_FILE: "${file}" holds another kind of key. Expected: Ed25519.`);
}

function readKey(setting: string, file: string, kind: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (error) {
    throw new ConfigError(
      `${setting}: "${file}" cannot be read (${(error as Error).message}). Expected: a PEM file with a private key, ${kind}.`,
    );
  }
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

/** Runs of white space, and white space at the end of a line. */
const looseSpace = / [ \r]|\t/;
/** Another end than one CRLF. */
const looseEnd = /^(\r\n)?$|\r\n\r\n$|[^\n]$/;

/** §3.4.4. The letters of an edition are relaxed as they are; to look costs a tenth of writing them anew. */
function relaxedBody(body: Buffer): Buffer {
  const latin1 = body.toString('latin1');
  if (!looseSpace.test(latin1) && !looseEnd.test(latin1.slice(-4))) return body;
  const text = latin1
    .replace(/[ \t]+(?=\r\n|$)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(?:\r\n)*$/, '');
  return Buffer.from(text === '' ? '' : `${text}\r\n`, 'latin1');
}
