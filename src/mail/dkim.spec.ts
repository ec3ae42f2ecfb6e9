import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { buildRaw } from './build-raw.js';
import { signLetter } from './dkim.js';
import { listHeaders } from './list-headers.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;

const rsa = { domain: 'news.example', selector: 's1', key: privateKey };
const ed25519 = generateKeyPairSync('ed25519');
/** RFC 8463 §4: the 32 bytes of the key alone, which end its SPKI form. */
const shortRecord = `v=DKIM1; k=ed25519; p=${ed25519.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`;

/** A foreign implementation reads the signature; the key comes from here instead of DNS. */
const verify = async (raw: Buffer) => {
  const { results } = await dkimVerify(raw, { resolver: async () => [[record]] });
  return results[0]!;
};

const letter = (text: string) =>
  buildRaw({
    from: { name: 'Journal du matin, édition', address: 'brief@news.example' },
    to: 'reader@example.org',
    subject: 'Une longue ligne de sujet — with accents, commas, and more words than fit into one line of a header',
    html: `<p>${text}</p>`,
    text: `${text}  \n\n\ttabs and trailing spaces  \n\n\n`,
    messageId: 'e1.s1@news.example',
    date: new Date('2026-11-24T06:00:00Z'),
    headers: listHeaders({
      list: { replyTo: null, slug: 'daily', name: 'Daily' },
      domain: 'news.example',
      edition: { id: '1', kind: 'morning' },
      locale: 'fr',
      links: {
        unsubscribe: 'https://news.example/unsubscribe/k1.1.abc',
        preferences: 'https://news.example/p',
        web: 'https://news.example/w',
      },
    }),
  });

describe('signLetter', () => {
  it.each(['plain words', 'words — with “quotes” and\ttabs', ''])('is verified by mailauth: %j', async (text) => {
    const result = await verify(await signLetter(await letter(text), [rsa]));
    expect(result.status.result).toBe('pass');
    expect((result as unknown as { signingHeaders: { keys: string } }).signingHeaders.keys.toLowerCase()).toMatch(
      /list-unsubscribe-post.*feedback-id.*auto-submitted/s,
    );
  });

  // No letter of ours has such a body: what it holds of this is encoded.
  it.each([
    '',
    '\r\n',
    '\r\n\r\n',
    'a',
    'a\r\n',
    'a\r\n\r\n\r\n',
    'a \r\nb',
    'a\tb\r\n',
    'a  b\r\n',
    ' \r\n',
    'a \t \r\n \r\n',
  ])('relaxes a body as mailauth does: %j', async (body) => {
    const raw = Buffer.from(`From: brief@news.example\r\nTo: reader@example.org\r\n\r\n${body}`);
    expect((await verify(await signLetter(raw, [rsa]))).status.result).toBe('pass');
  });

  it('is refused once a header or the body has changed', async () => {
    const signed = (await signLetter(await letter('words'), [rsa])).toString('latin1');
    for (const [from, to] of [
      ['One-Click', 'Two-Click'],
      ['words', 'wards'],
    ] as const) {
      const result = await verify(Buffer.from(signed.replaceAll(from, to), 'latin1'));
      expect(result.status.result).not.toBe('pass');
    }
  });

  it('signs with RSA and Ed25519, and mailauth verifies both', async () => {
    const second = { domain: 'news.example', selector: 'e1', key: ed25519.privateKey };
    const signed = await signLetter(await letter('words'), [rsa, second]);
    const resolver = async (name: string) => [[name.startsWith('e1.') ? shortRecord : record]];
    const statuses = async (raw: Buffer) =>
      (await dkimVerify(raw, { resolver })).results.map(({ selector, status }) => [selector, status.result]);
    expect((await statuses(signed)).sort()).toEqual([
      ['e1', 'pass'],
      ['s1', 'pass'],
    ]);
    const changed = Buffer.from(signed.toString('latin1').replaceAll('One-Click', 'Two-Click'), 'latin1');
    expect((await statuses(changed)).map(([, result]) => result)).not.toContain('pass');
  });
});
