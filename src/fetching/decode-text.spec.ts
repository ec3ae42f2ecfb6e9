import { describe, expect, it } from '@jest/globals';
import { decodeText } from './decode-text.js';

const xml = (declared: string, title: string) =>
  `<?xml version="1.0"${declared && ` encoding="${declared}"`}?><t>${title}</t>`;
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const prolog = '<?xml version="1.0" encoding="windows-1251"?>';
/** It ends in a byte that is a letter of its own in each charset, and nothing in UTF-8. */
const page = (head: string) => Buffer.concat([Buffer.from(head), Buffer.from([0xcc])]);
const cafe = Buffer.from(xml('', 'café'), 'latin1');

/** Bytes that begin like a mark, and do not go on like one: the transport is believed. */
const nearMarks = [
  [0xef, 0xbd, 0x81, 0x41],
  [0xef, 0xbb, 0x81, 0x41],
  [0xe2, 0xbb, 0xbf, 0x41],
  [0x41, 0xc2, 0xbf, 0x41],
  [0xef, 0xbb, 0x41, 0x41],
  [0xef, 0x41, 0xbf, 0x41],
  [0x41, 0xbb, 0xbf, 0x41],
  [0xfe, 0x41, 0x41, 0x41],
  [0x41, 0xff, 0x41, 0x41],
  [0xff, 0x41, 0x41, 0x41],
  [0x41, 0xfe, 0x41, 0x41],
  [0x00, 0x3c, 0x41, 0x41],
  [0x00, 0x41, 0x00, 0x41],
  [0x41, 0x3c, 0x00, 0x41],
  [0x3c, 0x00, 0x41, 0x41],
  [0x3c, 0x41, 0x41, 0x00],
  [0x41, 0x00, 0x41, 0x00],
];

describe('bytes are read as text', () => {
  it.each<[string, Buffer, string | null, string]>([
    ['by the byte order mark before all', Buffer.from(`\ufeff${xml('iso-8859-1', 'é')}`), 'iso-8859-1', 'é'],
    [
      'as UTF-16 with a mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml('utf-16', 'é'), 'utf16le')]),
      null,
      'é',
    ],
    ['as UTF-16 without a mark', Buffer.from(xml('utf-16', 'é'), 'utf16le'), null, 'é'],
    ['as UTF-16, big end first, without a mark', utf16be(xml('utf-16', 'é')), null, 'é'],
    ['not as the UTF-16 it only claims to be', Buffer.from(xml('utf-16', 'é')), 'utf-16', 'é'],
    ['by the transport', Buffer.from([0xc7, 0xe1]), 'windows-1256', 'ال'],
    [
      'by its own word',
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="Shift_JIS"?>'), Buffer.from([0x93, 0xfa])]),
      null,
      '日',
    ],
    [
      'by its own word, where the transport is wrong',
      Buffer.from(xml('iso-8859-1', 'café'), 'latin1'),
      'utf-8',
      'café',
    ],
    ['as UTF-8, where a server’s default says Latin 1', Buffer.from(xml('', 'café')), 'iso-8859-1', 'café'],
    ['as Windows 1252 when nobody says and UTF-8 does not fit', cafe, null, 'café'],
    [
      'by the meta of a page',
      Buffer.concat([Buffer.from('<html><head><meta charset="windows-1251">'), Buffer.from([0xcc])]),
      null,
      'М',
    ],
    ['in spite of a charset that does not exist', Buffer.from(xml('', 'é')), 'no-such-charset', 'é'],
    ['as Windows 1252 where the charset does not exist and UTF-8 does not fit', cafe, 'no-such-charset', 'café'],
    ['as UTF-8, where a server of the C locale says ASCII', Buffer.from(xml('', 'é')), 'ansi_x3.4-1968', 'é'],
    ['not as the UCS-2 it only claims to be', Buffer.from(xml('', 'éé')), 'ucs-2', 'éé'],
    ['as Latin 1, where a server says so and UTF-8 does not fit', cafe, 'latin1', 'café'],
    ['in UTF-8 by its mark, whatever the transport says', Buffer.from(`\ufeffé`), 'windows-1251', 'é'],
    ['in UTF-16 by its mark', Buffer.from('\ufeff日本', 'utf16le'), 'windows-1251', '日本'],
    ['in UTF-16 by its mark, big end first', utf16be('\ufeff日本'), 'windows-1251', '日本'],
    ['in UTF-16 without a mark or markup, by the transport', Buffer.from('{"a"}', 'utf16le'), 'utf-16le', '{"a"}'],
    ['in UTF-16 without a mark, by its markup', Buffer.from('<t>é', 'utf16le'), 'windows-1251', '<t>é'],
    ['in UTF-16 without a mark, big end first, by its markup', utf16be('<t>é'), 'windows-1251', '<t>é'],
    ['with a replacement for what its charset does not have', Buffer.from([0x93, 0xfa, 0xff]), 'shift_jis', '日\ufffd'],
    ['by the meta of a page in capitals', page('<META CHARSET=windows-1251>'), null, 'М'],
    ['by the first of two declarations, if it is the prolog', page(`${prolog}<meta charset="koi8-r">`), null, 'М'],
    ['with white space around the equals sign', page('<meta charset = "windows-1251">'), null, 'М'],
    ['not by a prolog that stands in the middle', page(`<t>${prolog}`), null, 'Ì'],
    ['not by a declaration far behind', page(`${' '.repeat(2_000)}<meta charset="windows-1251">`), null, 'Ì'],
  ])('%s', (_, bytes, charset, word) => expect(decodeText(bytes, charset)).toContain(word));

  it.each(nearMarks)('by the transport where %d %d %d %d is no mark', (...bytes) =>
    expect(decodeText(Uint8Array.from(bytes), 'windows-1251')).toBe(
      new TextDecoder('windows-1251').decode(Uint8Array.from(bytes)),
    ),
  );

  it('of any sort, without an error', () => {
    for (let byte = 0; byte < 256; byte++)
      expect(typeof decodeText(Buffer.from([byte, 0x80, byte]), 'utf-8')).toBe('string');
  });
});
