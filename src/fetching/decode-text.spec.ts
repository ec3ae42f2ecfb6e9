import { describe, expect, it } from '@jest/globals';
import { decodeText } from './decode-text.js';

const xml = (declared: string, title: string) =>
  `<?xml version="1.0"${declared && ` encoding="${declared}"`}?><t>${title}</t>`;
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const cafe = Buffer.from(xml('', 'café'), 'latin1');

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
  ])('%s', (_, bytes, charset, word) => expect(decodeText(bytes, charset)).toContain(word));

  it('of any sort, without an error', () => {
    for (let byte = 0; byte < 256; byte++)
      expect(typeof decodeText(Buffer.from([byte, 0x80, byte]), 'utf-8')).toBe('string');
  });
});
