import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAddress } from './address.js';

const read = (text: string) => {
  const parsed = parseAddress(text);
  return parsed.kind === 'address' ? parsed.address : parsed.fault;
};

describe('parseAddress', () => {
  it.each([
    ['reader@example.com', 'reader@example.com'],
    ['  Reader@EXAMPLE.com ', 'reader@example.com'],
    ["o'brien+news@mail.example.org", "o'brien+news@mail.example.org"],
    ['"reader"@example.com', 'reader@example.com'],
    ['"two words"@example.com', 'control'],
    ['"a@b"@example.com', '"a@b"@example.com'],
    ['δοκιμή@παράδειγμα.gr', 'δοκιμή@xn--hxajbheg2az3al.gr'],
    ['cafe\u0301@example.com', 'café@example.com'],
    ['reader@bücher.example', 'reader@xn--bcher-kva.example'],
  ])('reads %j as %j', (text, address) => expect(read(text)).toBe(address));

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['reader', 'no-at'],
    ['@example.com', 'no-at'],
    ['reader@', 'no-at'],
    ['a..b@example.com', 'local-part'],
    ['.a@example.com', 'local-part'],
    ['a,b@example.com', 'local-part'],
    ['a@b@example.com', 'local-part'],
    ['<a@example.com>', 'local-part'],
    [`${'x'.repeat(65)}@example.com`, 'local-part'],
    ['reader@localhost', 'domain'],
    ['reader@[127.0.0.1]', 'domain'],
    ['reader@127.0.0.1', 'domain'],
    ['reader@-bad.example', 'domain'],
    ['reader@exa_mple.com', 'domain'],
    ['reader@example.com:25', 'domain'],
    ['reader@example..com', 'domain'],
    ['rea\u202eder@example.com', 'control'],
    ['rea\u0000der@example.com', 'control'],
    ['reader@example.com\r\nRCPT TO:<other@example.com>', 'control'],
    ['reader@example.com\n', 'control'],
    [`${'a'.repeat(60)}@${'b.'.repeat(120)}com`, 'too-long'],
    ['a'.repeat(1_000_000), 'too-long'],
  ])('refuses %j: %s', (text, fault) => expect(read(text)).toBe(fault));

  it('accepts its own result, unchanged, and never lets a line break or a bracket through', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (text) => {
        const parsed = parseAddress(text);
        if (parsed.kind !== 'address') return;
        expect(read(parsed.address)).toBe(parsed.address);
        expect(parsed.address).not.toMatch(/[\r\n\0 ]/);
        expect(Buffer.byteLength(parsed.address)).toBeLessThanOrEqual(254);
      }),
    );
  });
});
