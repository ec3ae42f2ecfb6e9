import { domainToASCII } from 'node:url';

/** Why a text is not an address that letters can go to. Each has a sentence in the locales, `error.address.<reason>`. */
export type AddressFault = 'empty' | 'too-long' | 'control' | 'no-at' | 'local-part' | 'domain';

export type ParsedAddress = { kind: 'address'; address: string } | { kind: 'fault'; fault: AddressFault };

const atom = String.raw`[\p{L}\p{M}\p{N}\p{So}!#$%&'*+\-/=?^_\x60{|}~]+`;
const dotString = new RegExp(String.raw`^${atom}(?:\.${atom})*$`, 'u');
const quotedString = /^"(?:[^"\\]|\\.)*"$/su;
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** Controls, invisible format characters (bidi overrides among them), lone surrogates, line separators, white space, and what bytes that are no UTF-8 become. */
const forbidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Zs}\ufffd]/u;

/**
 * Reads one mailbox (RFC 5321 §4.1.2, local part in UTF-8 by RFC 6531) and normalises it once:
 * trimmed, lower case, NFC, the domain as A-labels. Two spellings of one mailbox give one text.
 * Address literals and domains without a dot are refused: no reader has one.
 *
 * @returns the normalised address, at most 254 octets, or the fault
 */
export function parseAddress(text: string): ParsedAddress {
  const trimmed = text.slice(0, 1000).replace(/^[ \t]+|[ \t]+$/g, '');
  if (trimmed === '') return fault('empty');
  if (text.length > 1000 || Buffer.byteLength(trimmed) > 254) return fault('too-long');
  if (forbidden.test(trimmed)) return fault('control');
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || at === trimmed.length - 1) return fault('no-at');
  const local = normaliseLocalPart(trimmed.slice(0, at));
  if (local === null) return fault('local-part');
  const domain = normaliseDomain(trimmed.slice(at + 1));
  if (domain === null) return fault('domain');
  const address = `${local}@${domain}`;
  return Buffer.byteLength(address) > 254 ? fault('too-long') : { kind: 'address', address };
}

const fault = (reason: AddressFault): ParsedAddress => ({ kind: 'fault', fault: reason });

function normaliseLocalPart(text: string): string | null {
  const plain = quotedString.test(text) ? text.slice(1, -1).replace(/\\(.)/gsu, '$1') : text;
  const local = plain.normalize('NFC').toLowerCase().normalize('NFC');
  if (Buffer.byteLength(local) > 64) return null;
  if (dotString.test(local)) return local;
  return quotedString.test(text) && plain !== '' ? `"${local.replace(/(["\\])/g, '\\$1')}"` : null;
}

function normaliseDomain(text: string): string | null {
  if (/[/?#:@[\]\\%]/.test(text)) return null;
  const domain = domainToASCII(text.normalize('NFC'));
  const labels = domain.split('.');
  const numeric = /^\d+$/.test(labels.at(-1) ?? '');
  return labels.length > 1 && !numeric && domain.length <= 253 && labels.every((part) => label.test(part))
    ? domain
    : null;
}

/** The domain of a normalised address. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
