/** Providers that ignore dots in the local part, and what they are called by. */
const withoutDots = new Map([
  ['gmail.com', 'gmail.com'],
  ['googlemail.com', 'gmail.com'],
]);

/**
 * One text for all the addresses that end in one mailbox, as far as is known from outside: the sub-address (RFC 5233, from `+` on) is cut off, and dots
 * where the provider ignores them. Only to count by: letters go to the address as it was typed, and two keys may still be one mailbox.
 *
 * @param address normalised, as `parseAddress` gives it
 */
export function mailboxKey(address: string): string {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at).replace(/^"|"$/g, ''), address.slice(at + 1)];
  const plus = local.indexOf('+');
  const base = plus > 0 ? local.slice(0, plus) : local;
  const provider = withoutDots.get(domain);
  return provider ? `${base.replaceAll('.', '')}@${provider}` : `${base}@${domain}`;
}
