import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodedSize } from './encoded-size.js';

describe('encodedSize', () => {
  it.each([
    ['a=b', 'a=3Db'],
    ['été', '=C3=A9t=C3=A9'],
    ['one \ntwo', 'one=20\r\ntwo'],
    ['end ', 'end=20'],
    ['a'.repeat(100), `${'a'.repeat(75)}=\r\n${'a'.repeat(25)}`],
  ])('knows the length of %j in quoted-printable', (body, encoded) => {
    const size = encodedSize(body);
    if (size.encoding === 'quoted-printable') expect(size.bytes).toBe(encoded.length);
    else expect(size.bytes).toBeLessThan(encoded.length);
  });

  it('prefers quoted-printable for html in Latin script and base64 for running Arabic', () => {
    expect(encodedSize('<p class="lead">Leaders agree</p>\n'.repeat(50)).encoding).toBe('quoted-printable');
    expect(encodedSize('قادة أوروبا يتفقون '.repeat(50)).encoding).toBe('base64');
  });

  it('knows the length of base64 to the byte', () => {
    const arabic = fc.array(fc.constantFrom('قادة', 'يتفقون', '\n', 'اليورو'), { minLength: 30, maxLength: 300 });
    fc.assert(
      fc.property(arabic, (words) => {
        const body = words.join('');
        const lines =
          Buffer.from(body.replaceAll('\n', '\r\n'))
            .toString('base64')
            .match(/.{1,76}/g) ?? [];
        const size = encodedSize(body);
        if (size.encoding === 'base64') expect(size.bytes).toBe(lines.join('\r\n').length + 2);
      }),
    );
  });
});
