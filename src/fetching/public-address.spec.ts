import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublicAddress } from './public-address.js';

describe('a public address', () => {
  it.each(['93.184.215.14', '::ffff:93.184.215.14', '2606:4700::1111', '172.32.0.1', '100.63.255.255'])(
    'may be %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ...['::ffff:127.0.0.1', 'fe80::1%eth0', 'nonsense', '', '1fff::1', '4000::1', '::127.0.0.1'],
    ...['127.0.0.1', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '169.254.169.254', '100.64.0.1'],
    ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.2.1', '2001:db8::1', '2002:7f00:1::', '64:ff9b::7f00:1'],
  ])('is not %j', (address) => expect(isPublicAddress(address)).toBe(false));

  /** One with four decimal numbers at its end is IPv4, and judged as such. */
  it('of IPv6, if it is written so, lies in 2000::/3', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        fc.pre(!address.includes('.') && isPublicAddress(address));
        expect(address).toMatch(/^[23][0-9a-f]{3}:/i);
      }),
      { numRuns: 500 },
    );
  });
});
