import { parseAddress } from './address.js';

/** A sender: display name (may be empty) and address. Always an object, for a string with a comma would be two (MAIL.md). */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** Reads `Name <address>` or a bare address. Undefined when it is not exactly one mailbox. */
export function parseMailbox(text: string): Mailbox | undefined {
  const named = /^([^<>\r\n]*)<([^<>]+)>\s*$/.exec(text);
  const parsed = parseAddress(named?.[2] ?? text);
  if (parsed.kind !== 'address') return undefined;
  const name = (named?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
  return /\p{Cc}/u.test(name) ? undefined : { name, address: parsed.address };
}

/** The text form that `parseMailbox` reads. */
export function formatMailbox(mailbox: Mailbox): string {
  return mailbox.name ? `${mailbox.name} <${mailbox.address}>` : mailbox.address;
}

/** Who a list's letters come from: its own sender, else the service's under the list's name. */
export function senderOf(list: { name: string; mailFrom: string | null }, fallback: Mailbox): Mailbox {
  const own = list.mailFrom ? parseMailbox(list.mailFrom) : undefined;
  const { name, address } = own ?? { name: list.name, address: fallback.address };
  return { name: name || list.name, address };
}
