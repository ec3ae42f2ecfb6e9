import ipaddr from 'ipaddr.js';

/**
 * The network an address belongs to: /24 of IPv4, /48 of IPv6. Enough to see that requests come from one place,
 * too little to point at a person; the only form in which addresses of clients are kept.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return `${parsed.toString().split('.').slice(0, 3).join('.')}.0/24`;
  const [a, b, c] = (parsed as ipaddr.IPv6).parts;
  return `${new ipaddr.IPv6([a!, b!, c!, 0, 0, 0, 0, 0]).toString()}/48`;
}
