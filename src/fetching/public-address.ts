import ipaddr from 'ipaddr.js';

/** Global unicast of IPv6 (RFC 4291); what lies outside, such as `::127.0.0.1`, has no business here. */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** True for an address of the open internet: unicast and not private, loopback, link-local, reserved or a tunnel to such. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address); // IPv4 written as ::ffff:a.b.c.d is judged as IPv4
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast);
}
