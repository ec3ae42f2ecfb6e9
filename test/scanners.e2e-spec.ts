import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { openBrowser } from './support/browser.js';
import type { ReceivedLetter } from './support/mailbox.js';
import { addReaders } from './support/readers.js';
import { startService, type Service } from './support/service.js';

/** What programs that look for harm do with our letters: every link, by GET and HEAD, and rendered with JavaScript. Nothing may come of it. */
let service: Service;
let db: pg.Client;

const list = 'daily-news-brief';
const post = (path: string, fields: Record<string, string> = {}) =>
  fetch(service.baseUrl + path, { method: 'POST', body: new URLSearchParams(fields) });
const linkIn = (letter: ReceivedLetter, path: string) => new RegExp(`/${path}/[\\w.-]+`).exec(letter.text)![0];

beforeAll(async () => {
  service = await startService({ env: { CONFIRMATION_PAUSE: '0', CONFIRMATIONS_PER_DAY: '50' } });
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
});

afterAll(() => db?.end());

/** One letter of every kind. */
async function everyLetter(): Promise<ReceivedLetter[]> {
  const { mailbox } = service;
  await post('/subscribe', { email: 'pending@example.org' });
  const confirmation = await mailbox.waitForLetter('pending@example.org', { subject: 'confirm' });
  await post('/subscribe', { email: 'reader@example.org' });
  await post(linkIn(await mailbox.waitForLetter('reader@example.org', { subject: 'confirm' }), 'confirm'));
  const welcome = (await mailbox.waitForLetters('reader@example.org', { count: 2 })).find(({ text }) =>
    text.includes('/unsubscribe/'),
  )!;
  await service.api('/api/v1/editions', { method: 'POST', body: { list } });
  await mailbox.waitForLetters('reader@example.org', { count: 3 });
  await addReaders(service, ['attested@example.org']);
  await post('/subscribe', { email: 'attested@example.org' });
  const already = await mailbox.waitForLetter('attested@example.org', { subject: 'already' });
  await post(linkIn(welcome, 'preferences'), { do: 'address', email: 'moved@example.org' });
  await post(linkIn(await mailbox.waitForLetter('moved@example.org'), 'address'));
  await mailbox.waitForLetter('reader@example.org', { subject: 'another address' });
  await post(linkIn(already, 'preferences'), { do: 'address', email: 'not.yet@example.org' });
  await post(linkIn(already, 'preferences'), { do: 'leave', list });
  await mailbox.waitForLetter('attested@example.org', { subject: 'You have left' });
  await mailbox.waitForLetter('not.yet@example.org');
  await post(`${linkIn(welcome, 'preferences')}/data`);
  await mailbox.waitForLetter('moved@example.org', { subject: 'Your data' });
  const readers = ['reader', 'attested', 'moved', 'not.yet'].map((name) => mailbox.letters(`${name}@example.org`));
  return [confirmation, ...(await Promise.all(readers)).flat()];
}

/** Everything that is kept about readers, in one text. */
async function state(): Promise<string> {
  const tables = [
    'subscriber',
    'subscription',
    'consent_event',
    'suppression',
    'address_change',
    'delivery',
    'edition',
  ];
  const parts: string[] = [];
  for (const table of [...tables, '(select id, kind, ids from outbox)']) {
    const { rows } = await db.query<{ all: string }>(
      `select coalesce(json_agg(t order by t.id::text), '[]')::text as all from ${table} t`.replace(
        't.id',
        table === 'delivery' ? 't.message_id' : 't.id',
      ),
    );
    parts.push(`${table} ${rows[0]!.all}`);
  }
  return parts.join('\n');
}

it('every link of every letter can be fetched and rendered, and nothing changes', async () => {
  const letters = await everyLetter();
  expect(letters.length).toBeGreaterThanOrEqual(9);
  const links = new Set(
    letters.flatMap(({ html, text, headers }) =>
      `${html} ${text} ${headers['list-unsubscribe'] ?? ''} ${headers['list-help'] ?? ''} ${headers['archived-at'] ?? ''}`.match(
        /http:\/\/localhost:\d+\/[^\s"<>)]*/g,
      ),
    ),
  );
  const paths = [...new Set([...links].map((link) => link!.replaceAll('&amp;', '&').replace(/^http:\/\/[^/]+/, '')))];
  for (const kind of ['confirm', 'unsubscribe', 'preferences', 'address', 'my-data', 'erase', 'articles'])
    expect(paths.some((path) => path.startsWith(`/${kind}/`))).toBe(true);
  const before = await state();
  const browser = await openBrowser();
  const page = await (await browser.newContext()).newPage();
  for (const path of paths) {
    for (const method of ['GET', 'HEAD']) {
      const { status } = await fetch(service.baseUrl + path, { method });
      expect([path, method, status]).toEqual([path, method, 200]);
    }
    await page.goto(service.baseUrl + path, { waitUntil: 'networkidle' });
  }
  expect(await state()).toBe(before);
}, 120_000);
