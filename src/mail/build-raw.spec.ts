import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { lintLetter } from '../../test/support/lint-letter.js';
import { buildRaw } from './build-raw.js';
import { formatMailbox } from './mailbox.js';

const build = (over: { subject?: string; text?: string; html?: string; name?: string; replyTo?: string }) =>
  buildRaw({
    from: { name: over.name ?? 'Daily news brief', address: 'brief@news.example' },
    to: 'reader@example.org',
    subject: over.subject ?? 'Subject',
    text: over.text ?? 'text',
    html: over.html ?? '<p>text</p>',
    messageId: 'e1.s1@news.example',
    date: new Date('2026-11-24T06:00:00Z'),
    headers: {
      ...(over.replyTo !== undefined && { 'Reply-To': over.replyTo }),
      'List-Unsubscribe': '<https://news.example/unsubscribe/k1.1.abc>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  });

describe('buildRaw', () => {
  it('puts text first and html last, with one Date and the headers as given', async () => {
    const raw = (await build({ text: 'Grüße\nund mehr', html: '<p>Grüße</p>' })).toString();
    expect(raw.match(/^Content-Type: .*/gim)!.map((line) => line.slice(14).split(';')[0])).toEqual([
      'multipart/alternative',
      'text/plain',
      'text/html',
    ]);
    expect(raw.match(/^Date:/gim)).toHaveLength(1);
    expect(raw).toContain('List-Unsubscribe: <https://news.example/unsubscribe/k1.1.abc>\r\n');
    expect(raw).toContain('Message-ID: <e1.s1@news.example>\r\n');
  });

  it('keeps to the rules of the wire whatever the words are, and a second parser reads the same', async () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(words, words, words, async (subject, text, name) => {
        const clean = (value: string) => value.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
        const raw = await build({ subject: clean(subject), text, html: `<p>${text}</p>`, name: clean(name) });
        expect(lintLetter(raw)).toEqual([]);
        const mail = await PostalMime.parse(raw);
        expect(mail.to).toEqual([{ address: 'reader@example.org', name: '' }]);
        expect(mail.from?.address).toBe('brief@news.example');
      }),
      { numRuns: 200 },
    );
  });

  it('shows a subject and names as typed, also where they look like encoded words', async () => {
    const word = fc.constantFrom(
      ...['=?utf-8?Q?hello?=', '=?UTF-8?B?aGk=?=', '=?iso-8859-1?q?a_b?=', '=?x?=', '=?utf-8?Q?a', 'b?=', '=?', '?='],
      ...['"', '\\', '<', 'plain', 'Grüße', '寿司', '🍣', ',', 'a.b@example.org'],
    );
    const line = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(line, line, line, async (subject, name, answers) => {
        const replyTo = formatMailbox({ name: answers, address: 'desk@news.example' });
        const raw = await build({ subject, name, replyTo });
        expect(lintLetter(raw)).toEqual([]);
        const mail = await PostalMime.parse(raw);
        expect([mail.subject, mail.from, mail.replyTo]).toEqual([
          subject,
          { name, address: 'brief@news.example' },
          [{ name: answers, address: 'desk@news.example' }],
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('lets nothing in a name or subject become a header or a recipient', async () => {
    const raw = await build({ subject: 'a\r\nBcc: other@example.org', name: 'b\r\nBcc: other@example.org, x' });
    const mail = await PostalMime.parse(raw);
    expect(mail.bcc ?? []).toEqual([]);
    expect(mail.headers.filter(({ key }) => key === 'bcc')).toEqual([]);
  });
});
