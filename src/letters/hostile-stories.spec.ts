import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { edition, flat, links, longLines, read, story } from '../../test/support/letters.js';
import { locales } from '../locales/messages.js';
import { encodedSize } from './encoded-size.js';
import { plainLine, shorten } from './plain-line.js';
import { writeEdition, type LetterStory } from './write-edition.js';

/** Words as they may come from a feed. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=x>',
        "' & ",
        '{{ subject }}',
        '{% raw %}',
        '-->',
        '<![endif]-->',
        '</title>',
        'قادة أوروبا ',
        '👨‍👩‍👧',
        '\u202E',
        '\r\nBcc: x ',
        'words and words ',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

const stories = (size: { minLength: number; maxLength: number }, urlLength: number) =>
  fc
    .array(
      fc.record({
        title: hostile,
        standfirst: hostile,
        section: hostile,
        publisher: hostile,
        alt: hostile,
        minutes: fc.option(fc.nat(60)),
        path: fc.webPath({ size: 'small' }),
      }),
      size,
    )
    .map((all) =>
      all.map(({ alt, path, ...words }, index): LetterStory => ({
        ...story(index),
        ...words,
        url: `https://news.example/${index}${path}?q=${'x'.repeat(urlLength)}&r="'`,
        picture: { src: 'https://news.example/p.jpg', alt, width: 800, height: 600 },
      })),
    );

describe('an edition of hostile stories', () => {
  it('lets no words from outside become markup, loses no headline and no link', async () => {
    const plain = read((await writeEdition(edition())).html);
    await fc.assert(
      fc.asyncProperty(
        stories({ minLength: 1, maxLength: 12 }, 0),
        hostile,
        fc.constantFrom(...locales),
        async (told, subject, locale) => {
          const { html, text } = await writeEdition(edition({ locale, stories: told, subject, preheader: subject }));
          const seen = read(html);
          expect([...seen.tags].filter((tag) => !plain.tags.has(tag) && tag !== 'h3')).toEqual([]);
          expect([...seen.attributes].filter((name) => !plain.attributes.has(name))).toEqual([]);
          expect(seen.headlines).toEqual(
            expect.arrayContaining(told.map(({ title }) => shorten(plainLine(title), 300))),
          );
          expect(seen.hrefs).toEqual(expect.arrayContaining([...told.map(({ url }) => url), links.unsubscribe]));
          for (const { title } of told) expect(flat(text)).toContain(flat(shorten(plainLine(title), 300)));
          for (const { url } of told) expect(text).toContain(url);
          expect(longLines(text)).toEqual([]);
          expect(encodedSize(html).bytes).toBeLessThanOrEqual(80_000);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stays within 80 KB with the way out inside, and counts what it had to leave to the web copy', async () => {
    await fc.assert(
      fc.asyncProperty(
        stories({ minLength: 40, maxLength: 50 }, 1500),
        fc.constantFrom(...locales),
        async (told, locale) => {
          const { html, text } = await writeEdition(edition({ locale, stories: told }));
          const seen = read(html);
          expect(encodedSize(html).bytes).toBeLessThanOrEqual(80_000);
          expect(seen.hrefs).toContain(links.unsubscribe);
          const inside = told.filter(({ url }) => seen.hrefs.includes(url));
          expect(inside).toEqual(told.slice(0, inside.length));
          if (locale === 'en') expect(html).toContain(`${told.length - inside.length} more stories in the browser`);
          for (const { url } of told) expect(text).toContain(url);
        },
      ),
      { numRuns: 8 },
    );
  });
});
