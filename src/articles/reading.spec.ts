import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalUrl } from './canonical-url.js';
import { publishedAt } from './published-at.js';
import { sectionOf } from './sections.js';
import { slugFor } from './slug.js';
import { clip } from './text/clip.js';
import { plainText } from './text/plain-text.js';

describe('an address', () => {
  it.each([
    ['HTTPS://Paper.Example:443/A?utm_source=x&id=7&fbclid=y#top', 'https://paper.example/A?id=7'],
    ['http://paper.example:80', 'http://paper.example/'],
    ['http://paper.example.:8080/a?UTM_Medium=m', 'http://paper.example:8080/a'],
    [' https://paper.example/a%20b?q=a+b&q=c ', 'https://paper.example/a%20b?q=a+b&q=c'],
    ['https://amp.paper.example/world/a?amp=1', 'https://paper.example/world/a'],
    ['https://paper.example/world/a/amp/', 'https://paper.example/world/a'],
    ['https://paper.example/a.amp.html?outputType=amp&id=1', 'https://paper.example/a.html?id=1'],
    ['https://paper.example/amp', 'https://paper.example/amp'],
    ['/relative', 'https://paper.example/relative'],
    ['https://paper.example/خبر', 'https://paper.example/%D8%AE%D8%A8%D8%B1'],
  ])('%s is written %s', (given, canonical) => {
    expect(canonicalUrl(given, 'https://paper.example/feed')).toBe(canonical);
    expect(canonicalUrl(canonical)).toBe(canonical);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://x.example/',
    'https://me:pw@x.example/',
    'http://',
    'nonsense',
    `https://x.example/${'a'.repeat(3000)}`,
  ])('is not: %.40s', (given) => expect(canonicalUrl(given)).toBeNull());
});

describe('a slug', () => {
  it.each([
    ['Iraq’s PM: “No delay”', /^iraqs-pm-no-delay-[0-9a-f]{8}$/],
    ['Élections à São Tomé — Łódź, Straße', /^elections-a-sao-tome-lodz-strasse-[0-9a-f]{8}$/],
    ['العراق يغلق المخيم', /^article-[0-9a-f]{8}$/],
    ['2011', /^article-[0-9a-f]{8}$/],
    ['word '.repeat(40), /^(word-){11}word-[0-9a-f]{8}$/],
    ['x'.repeat(300), /^x{60}-[0-9a-f]{8}$/],
  ])('of %.40s', (title, slug) => expect(slugFor(title, 'id')).toMatch(slug));

  it('differs by what it stands for, and only by that', () => {
    expect(slugFor('Same', 'a')).toBe(slugFor('Same', 'a'));
    expect(slugFor('Same', 'a')).not.toBe(slugFor('Same', 'b'));
  });
});

describe('a date', () => {
  const now = Temporal.Instant.from('2026-11-24T05:00:00Z');
  it.each([
    ['Mon, 23 Nov 2026 20:00:00 +0100', '2026-11-23T19:00:00Z'],
    ['23 Nov 2026 20:00 EST', '2026-11-24T01:00:00Z'],
    ['2026-11-23T20:00:00+03:00', '2026-11-23T17:00:00Z'],
    ['2026-11-23T20:00:00', '2026-11-23T20:00:00Z'],
    ['2026-11-23 20:00:00', '2026-11-23T20:00:00Z'],
    ['Nov 23, 2026 08:00 PM', '2026-11-23T20:00:00Z'],
    ['2026-11-23', '2026-11-23T00:00:00Z'],
    ['2026-11-23T20:00:00.123+0300', '2026-11-23T17:00:00Z'],
    ['2026-11-23T20:00Z', '2026-11-23T20:00:00Z'],
    ['2026-11-23T20:00:00 CET', '2026-11-23T19:00:00Z'],
    ['20261123T200000Z', '2026-11-23T20:00:00Z'],
    ['2026/11/23 20:00', '2026-11-23T20:00:00Z'],
    ['Mon, 23 Nov 26 20:00:00 GMT', '2026-11-23T20:00:00Z'],
    ['Mon,  23  Nov 2026 20:00:00 CEST', '2026-11-23T18:00:00Z'],
    ['Monday, 23-Nov-26 20:00:00 UTC', '2026-11-23T20:00:00Z'],
    ['23 Sept 2026 20:00:00 BST', '2026-09-23T19:00:00Z'],
    ['Mon Nov 23 20:00:00 UTC 2026', '2026-11-23T20:00:00Z'],
    ['Mon Nov 23 2026 20:00:00 GMT+0100 (CET)', '2026-11-23T19:00:00Z'],
    ['November 23, 2026 at 8:00 p.m. EST', '2026-11-24T01:00:00Z'],
    ['1795464000', '2026-11-23T20:00:00Z'],
    ['1795464000000', '2026-11-23T20:00:00Z'],
    ['23.11.2026 20:00', '2026-11-23T20:00:00Z'],
    ['23.11.2026, 20.00', '2026-11-23T20:00:00Z'],
    ['11/23/2026 8:00 PM', '2026-11-23T20:00:00Z'],
    ['05/11/2026', '2026-11-05T00:00:00Z'],
    ['lundi 23 novembre 2026 à 20h00', '2026-11-23T20:00:00Z'],
    ['23 août 2026', '2026-08-23T00:00:00Z'],
    ['1er juin 2026', '2026-06-01T00:00:00Z'],
    ['23 de noviembre de 2026, 20:00', '2026-11-23T20:00:00Z'],
    ['lun, 23 dic 2025 20:00:00 +0000', '2025-12-23T20:00:00Z'],
    ['٢٣ نوفمبر ٢٠٢٦ ٢٠:٠٠', '2026-11-23T20:00:00Z'],
    ['23 تشرين الثاني 2026', '2026-11-23T00:00:00Z'],
    ['31 Feb 2026', undefined],
    ['2026-13-45', undefined],
    ['23 Foo 2026', undefined],
    ['23 Nov 2026 99:99', undefined],
    ['2030-01-01T00:00:00Z', '2026-11-24T05:00:00Z'],
    ['1970-01-01T00:00:00Z', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [null, undefined],
  ])('%s', (written, instant) => expect(publishedAt(written, now)?.toString()).toBe(instant));
});

describe('anything at all', () => {
  it('is a date or none, never an error', () => {
    const now = Temporal.Instant.from('2026-11-24T05:00:00Z');
    const pieces = fc.constantFrom(
      '2026',
      '11',
      '-',
      '/',
      '.',
      ':',
      ' ',
      'T',
      'Z',
      '+99:99',
      'Nov',
      '٢٣',
      'PM',
      '0',
      '275760',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
        ),
        (text) => {
          publishedAt(text, now);
        },
      ),
      { numRuns: 2_000, examples: [['2026275760.2026'], ['0000000000.0001'], ['275760-11-23']] },
    );
  });
});

describe('words', () => {
  it('become plain', () => {
    expect(plainText('<p>One &amp; <b>two</b></p><p>three&nbsp;&lt;4</p><script>x()</script>\u202e')).toBe(
      'One & two three <4',
    );
  });

  it('are clipped at a sentence, else at a word', () => {
    expect(clip('Short.', 20, 'en')).toBe('Short.');
    expect(clip('The first one. The second one is long.', 20, 'en')).toBe('The first one.');
    expect(clip('The first sentence is much too long.', 20, 'en')).toBe('The first sentence…');
    expect(clip('x'.repeat(50), 20, 'en')).toBe(`${'x'.repeat(19)}…`);
    expect(clip('الجملة الأولى. الجملة الثانية أطول بكثير.', 20, 'ar')).toBe('الجملة الأولى.');
    expect(clip('a b', 2, 'no such language')).toBe('a…');
  });

  it('speak for a section', () => {
    expect(sectionOf(['Obama', 'middle  east'])).toBe('Middle East');
    expect(sectionOf(['Business'])).toBe('Economy');
    expect(sectionOf(['Sport', 'Football'])).toBe('Sport');
    expect(sectionOf(['', 'x'.repeat(60)])).toBe('World');
  });
});
