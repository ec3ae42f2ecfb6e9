import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { edition, story } from '../../test/support/letters.js';
import type { Origin } from '../letters/why-line.js';
import { writeEdition } from '../letters/write-edition.js';
import { locales } from '../locales/messages.js';
import { parseAddress } from './address.js';
import { buildRaw, type RawLetterParts } from './build-raw.js';
import { PreparedLetter, type ReaderParts } from './prepared-letter.js';

const text = (maxLength: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength });

/** So many letters of two bytes that base64 is the shorter encoding. */
const arabic = fc.string({ unit: fc.constantFrom(...'ابتثجحخدذرزسشصضطظعغ '), minLength: 300, maxLength: 400 });

/** What all readers of a letter share. */
const shared = fc.record({
  locale: fc.constantFrom(...locales),
  words: fc.oneof(
    fc.array(fc.tuple(text(90), text(300)), { minLength: 1, maxLength: 6 }),
    fc.array(fc.tuple(text(90), arabic), { minLength: 8, maxLength: 12 }),
  ),
  sender: text(60),
  source: fc.option(text(200)),
  idLengths: fc.tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 19 })),
});

const ofToken = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const part = (length: number) => fc.string({ unit: fc.constantFrom(...ofToken), minLength: length, maxLength: length });
const token = (idLength: number) => fc.tuple(part(idLength), part(43)).map(([payload, mac]) => `k1.${payload}.${mac}`);

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const address = fc
  .tuple(
    fc.oneof(
      fc.emailAddress(),
      fc.constantFrom('jörg@example.org', '"a b"@example.org', 'a@bücher.example', 'x..y@z.example'),
    ),
    fc.nat(40),
  )
  .map(([some, longer]) => parseAddress('l'.repeat(longer) + some))
  .filter((parsed) => parsed.kind === 'address')
  .map((parsed) => (parsed.kind === 'address' ? parsed.address : ''));

interface Shared {
  locale: (typeof locales)[number];
  words: [string, string][];
  sender: string;
  source: string | null;
}

/** A full build, as a letter that was never prepared gets it. */
async function build({ locale, words, sender, source }: Shared, reader: ReaderParts): Promise<Buffer> {
  const [preferences, unsubscribe] = reader.words.map(
    (word, n) => `https://news.example/${['p', 'unsubscribe'][n]}/${word}`,
  );
  const stories = words.map(([title, standfirst], n) => ({ ...story(n), title, standfirst }));
  const links = { ...edition().links, preferences: preferences!, unsubscribe: unsubscribe! };
  const on = reader.words[2]!;
  const origin: Origin = source === null ? { kind: 'confirmed', on } : { kind: 'attested', on, source };
  const letter = await writeEdition(edition({ locale, stories, links, origin, subject: words[0]![0] }));
  const parts: RawLetterParts = {
    ...letter,
    from: { name: sender.replace(/[\p{Cc}\p{Cf}]/gu, ''), address: 'brief@news.example' },
    to: reader.to,
    messageId: reader.messageId,
    date: reader.date,
    headers: {
      'List-Unsubscribe': `<${links.unsubscribe}>`,
      'List-Help': `<${links.preferences}>`,
      Precedence: 'bulk',
    },
    boundary: 'one-for-all',
  };
  return buildRaw(parts);
}

const someone = { to: 'reader@example.org', messageId: 'id@example.org', date: new Date('2026-11-24T06:00:00Z') };

describe('a prepared letter', () => {
  it('is filled to the very bytes of a full build, whatever the words, the reader and the language', async () => {
    const encodings = { 'quoted-printable': 0, base64: 0 };
    await fc.assert(
      fc.asyncProperty(
        shared.chain((all) =>
          fc.record({
            all: fc.constant(all),
            shapes: fc.tuple(token(all.idLengths[0]), token(all.idLengths[1]), day),
            words: fc.tuple(token(all.idLengths[0]), token(all.idLengths[1]), day),
            to: address,
            messageId: fc.oneof(fc.constant('e12.s3456@news.example'), fc.emailAddress()),
            date: fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
          }),
        ),
        async ({ all, shapes, ...reader }) => {
          const letter = await PreparedLetter.prepare(shapes, (words) => build(all, { ...someone, words }));
          const raw = letter.fill(reader);
          if (!raw) return; // this reader's letter is a full build itself
          encodings[raw.includes('Encoding: base64') ? 'base64' : 'quoted-printable'] += 1;
          expect(raw.toString('latin1')).toBe((await build(all, reader)).toString('latin1'));
        },
      ),
      { numRuns: 150 },
    );
    for (const seen of Object.values(encodings)) expect(seen).toBeGreaterThan(10);
  }, 120_000);

  it.each(['jörg@example.org', '"a b"@example.org', `${'l'.repeat(60)}@${'d'.repeat(60)}.example`])(
    'leaves a reader whose address needs more than its place to a full build: %s',
    async (to) => {
      const all: Shared = {
        locale: 'en',
        words: [['Headline', 'What it says.']],
        sender: 'Daily news brief',
        source: null,
      };
      const words = ['k1.1.a', 'k1.2.b', '2026-11-20'];
      const letter = await PreparedLetter.prepare(words, (filling) => build(all, { ...someone, words: filling }));
      expect(letter.fill({ ...someone, words, to })).toBeNull();
      expect(letter.fill({ ...someone, words })).toEqual(await build(all, { ...someone, words }));
    },
  );
});
