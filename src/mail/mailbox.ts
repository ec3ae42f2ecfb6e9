import { parseAddress } from './address.js';

/** A sender: display name (may be empty) and address. Always an object, for a string with a comma would be two (MAIL.md). */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

const named = /^(.*)<([^<>]+)>\s*$/s;
/** RFC 5322 §3.2.4, and an escape that has lost its quotes. */
const quoted = /"((?:[^"\\]|\\.)*)"|\\(["\\])/gs;

/** Reads `Name <address>` or a bare address; in a quoted name a backslash stands before what is meant as it is. Undefined when it is not exactly one mailbox. */
export function parseMailbox(text: string): Mailbox | undefined {
  const [, phrase = '', address = text] = named.exec(text) ?? [];
  const parsed = parseAddress(address);
  if (parsed.kind !== 'address' || /[<>]/.test(phrase.replace(quoted, ''))) return undefined;
  const name = phrase
    .replace(quoted, (_, inside?: string, escaped = '') => inside?.replace(/\\(.)/gs, '$1') ?? escaped)
    .trim();
  return /\p{Cc}/u.test(name) ? undefined : { name, address: parsed.address };
}

/** The text form that `parseMailbox` reads. */
export function formatMailbox({ name, address }: Mailbox): string {
  if (!name) return address;
  return `${/["\\<>]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name} <${address}>`;
}

/** Who a list's letters come from: its own sender, else the service's under the list's name. */
export function senderOf(list: { name: string; mailFrom: string | null }, fallback: Mailbox): Mailbox {
  const own = list.mailFrom ? parseMailbox(list.mailFrom) : undefined;
  const { name, address } = own ?? { name: list.name, address: fallback.address };
  return { name: name || list.name, address };
}
