import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { edition, flat } from '../../test/support/letters.js';
import { locales } from '../locales/messages.js';
import { directionOf } from './direction-of.js';
import { whyLine } from './why-line.js';
import { writeEdition } from './write-edition.js';

const confirmed = { kind: 'confirmed', on: '2026-11-20' } as const;
const attested = { kind: 'attested', on: '2025-05-01', source: 'the form of our summer fair' } as const;

describe('the line that says why', () => {
  it('says how a reader came in, and never that somebody confirmed who has not', () => {
    expect(whyLine('en', 'Brief', confirmed)).toBe(
      'You get this email because you subscribed to Brief and confirmed it on 2026-11-20.',
    );
    expect(whyLine('en', 'Brief', attested)).toBe(
      'You get this email because the publisher of Brief added your address, and states that you agreed on 2025-05-01: “the form of our summer fair”.',
    );
    expect(whyLine('en', 'Brief', null)).not.toMatch(/confirmed|agreed/);
  });

  it.each(locales)('stands in html and text in %s, different for each way in', async (locale) => {
    const lines = [confirmed, attested, null].map((origin) => whyLine(locale, 'Daily news brief', origin));
    expect(new Set(lines).size).toBe(3);
    for (const [index, origin] of [confirmed, attested, null].entries()) {
      const { html, text } = await writeEdition(edition({ locale, origin }));
      for (const part of [html, text]) expect(flat(part)).toContain(flat(lines[index]!));
      if (origin) expect(lines[index]).toContain(origin.on);
    }
  });

  it('takes a source of any kind as one short line of text', async () => {
    const source = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.constantFrom(
        '<b>x</b>',
        '{list} {{ subject }} {% raw %}',
        'a\r\nBcc: b@example.org',
        '\u202eabc',
        'ا'.repeat(500),
      ),
    );
    await fc.assert(
      fc.asyncProperty(source, fc.constantFrom(...locales), async (text, locale) => {
        const line = whyLine(locale, 'Daily news brief', { ...attested, source: text });
        expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(line.length).toBeLessThan(160 * 8 + 300);
        const { html } = await writeEdition(edition({ locale, origin: { ...attested, source: `<i>${text}` } }));
        expect(html).not.toContain('<i>');
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a source that runs the other way from pulling what follows over', () => {
    for (const [locale, source] of [
      ['en', 'نموذج الاشتراك'],
      ['ar', 'the form'],
    ] as const) {
      const line = whyLine(locale, 'Brief', { ...attested, source });
      expect(directionOf(source)).not.toBe(locale === 'ar' ? 'rtl' : 'ltr');
      expect(line).toContain(`${source}${locale === 'ar' ? '\u200f' : '\u200e'}`);
    }
  });
});
