import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { addReaders } from './support/readers.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

let service: Service;
let db: pg.Client;

const post = (fields: Record<string, string> | [string, string][], path = '/subscribe') =>
  fetch(`${service.baseUrl}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

const stateOf = async (address: string) => {
  const { rows } = await db.query(
    `select s.state from subscription s join subscriber r on r.id = s.subscriber_id where r.address = $1`,
    [address],
  );
  return (rows[0] as { state: string } | undefined)?.state;
};

const confirmLink = async (address: string) => {
  const letter = await service.mailbox.waitForLetter(address, { subject: 'confirm' });
  return `/confirm/${/\/confirm\/([\w.-]+)/.exec(letter.text)![1]}`;
};

beforeAll(async () => {
  service = await startService({ env: { CONFIRMATION_PAUSE: '3600' } });
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
});

afterAll(() => db.end());

describe('POST /subscribe', () => {
  it('answers byte for byte alike for new, pending, active, and suppressed addresses', async () => {
    await addReaders(service, ['active@example.org']);
    await db.query(
      `insert into suppression (address, reason, created_at) values ('complained@example.org', 'complaint', now())`,
    );
    const answers: string[] = [];
    for (const email of ['new@example.org', 'new@example.org', 'active@example.org', 'complained@example.org']) {
      const response = await post({ email, list: 'daily-news-brief', locale: 'en' });
      const headers = [...response.headers].filter(([name]) => !['date', 'content-length'].includes(name));
      const page = (await response.text()).replaceAll(email, 'what was typed');
      answers.push(JSON.stringify([response.status, headers, page]));
    }
    expect(new Set(answers).size).toBe(1);
    const name = /<dt>Its subject names<\/dt><dd[^>]*>([^<]*)<\/dd>/.exec(JSON.parse(answers[0]!)[2] as string)![1]!;
    for (const email of ['new@example.org', 'active@example.org'])
      expect((await service.mailbox.waitForLetter(email)).subject).toContain(name);
  });

  it('makes no schedule for hours that somebody unconfirmed made up', async () => {
    const schedules = async () => (await db.query(`select 1 from schedule`)).rowCount;
    const before = await schedules();
    for (const localTime of ['01:11', '02:22'])
      await post({ email: 'hours@example.org', localTime, frequency: 'weekly', day: '3', timeZone: 'Europe/Paris' });
    expect(await schedules()).toBe(before);
  });

  it('writes to an address once in the pause, whatever it is typed like', async () => {
    await post({ email: 'once@example.org' });
    await post({ email: ' ONCE@Example.ORG ' });
    await service.mailbox.waitForLetters('once@example.org');
    await service.mailbox.waitForLetters('new@example.org');
    expect(await service.mailbox.letters('once@example.org')).toHaveLength(1);
    expect(await service.mailbox.letters('new@example.org')).toHaveLength(1);
  });

  it('takes the newest choice of language and zone until somebody confirms, and none after that', async () => {
    const address = 'polyglot@example.org';
    const known = async () =>
      (await db.query(`select locale, time_zone as zone from subscriber where address = $1`, [address])).rows[0];
    await post({ email: address, locale: 'en', timeZone: 'Europe/London' });
    await post({ email: address, locale: 'fr', timeZone: 'Europe/Paris' });
    expect(await known()).toEqual({ locale: 'fr', zone: 'Europe/Paris' });
    await db.query(`delete from mailbox where key = $1`, [address]);
    await post({ email: address, locale: 'es' });
    expect(await known()).toEqual({ locale: 'es', zone: 'Europe/Paris' });
    const letter = await service.mailbox.waitForLetter(address, { subject: /confirm.*suscri|Confirme/i });
    await post({}, `/confirm/${/\/confirm\/([\w.-]+)/.exec(letter.text)![1]}`);
    await post({ email: address, locale: 'ar', timeZone: 'Asia/Tokyo' });
    expect(await known()).toEqual({ locale: 'es', zone: 'Europe/Paris' });
  });

  it('tells an active reader that they are, and writes nothing to one who complained', async () => {
    await service.mailbox.waitForLetters('active@example.org');
    expect(await service.mailbox.letters('complained@example.org')).toEqual([]);
  });

  it('gives an old bounce one confirmation, and confirming lifts it', async () => {
    const address = 'bounced@example.org';
    await db.query(`insert into suppression (address, reason, created_at) values ($1, 'bounce', now())`, [address]);
    await post({ email: address });
    const link = await confirmLink(address);
    expect((await post({}, link)).status).toBe(200);
    expect((await db.query(`select 1 from suppression where address = $1`, [address])).rowCount).toBe(0);
    expect(await stateOf(address)).toBe('active');
  });

  it('keeps what was shown, when, and from where, truncated', async () => {
    const { rows } = await db.query(
      `select kind, network, shown from consent_event e join subscriber r on r.id = e.subscriber_id where r.address = 'bounced@example.org' order by e.id`,
    );
    expect(rows).toEqual([
      { kind: 'requested', network: '127.0.0.0/24', shown: expect.stringContaining('sign-up box') },
      { kind: 'confirmed', network: '127.0.0.0/24', shown: expect.stringContaining('confirm page') },
    ]);
    await expect(db.query(`update consent_event set shown = 'other'`)).rejects.toThrow('append-only');
  });

  it('keeps which key attested, where an admin did', async () => {
    const { rows } = await db.query(
      `select e.detail, (select array_agg(id) from api_key) as keys
         from consent_event e join subscriber r on r.id = e.subscriber_id where r.address = 'active@example.org' and e.kind = 'attested'`,
    );
    const [{ detail, keys }] = rows as [{ detail: { key: string }; keys: string[] }];
    expect(keys).toContain(detail.key);
  });

  it.each<[string, [string, string][], RegExp]>([
    ['no field at all', [], /type your e?mail address/],
    ['no address', [['email', 'reader']], /needs a name, an @ and a domain/],
    ['a line break', [['email', 'a@example.org\r\nBcc: b@example.org']], /invisible character/],
    ['a NUL', [['email', 'a\0@example.org']], /invisible character/],
    ['a bidi override', [['email', 'a\u202eb@example.org']], /invisible character/],
    [
      'ten addresses',
      Array.from({ length: 10 }, (_, n) => ['email', `many${n}@example.org`] as [string, string]),
      /type your e?mail address/,
    ],
    ['a long address', [['email', `${'a'.repeat(900_000)}@example.org`]], /too long/],
    [
      'an unknown list',
      [
        ['email', 'a@example.org'],
        ['list', 'nope'],
      ],
      /does not exist/,
    ],
    [
      'an unknown zone',
      [
        ['email', 'a@example.org'],
        ['timeZone', 'Mars/Phobos'],
      ],
      /time zone/,
    ],
    [
      'an unknown section',
      [
        ['email', 'a@example.org'],
        ['sections', 'Gossip'],
      ],
      /choose again/,
    ],
  ])('refuses %s with a sentence, and keeps nothing', async (_what, fields, sentence) => {
    const response = await post(fields);
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).toMatch(sentence);
    expect(text).toContain('<html');
    expect(await stateOf('a@example.org')).toBeUndefined();
  });

  it.each([
    ['text/plain', 'email=a@example.org', 422],
    ['multipart/form-data', 'no boundary', 400],
    ['multipart/form-data; boundary=x', '--x\r\nbroken', 400],
  ])('answers a body that is no form (%s) with a page', async (type, body, status) => {
    const response = await fetch(`${service.baseUrl}/subscribe`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain('<html');
  });

  it('answers a body of more than a megabyte with a page', async () => {
    const response = await post({ email: 'a'.repeat(2_000_000) });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('<html');
  });
});

describe('links', () => {
  it('change nothing on GET and HEAD', async () => {
    const link = await confirmLink('new@example.org');
    for (const method of ['GET', 'HEAD']) expect((await fetch(service.baseUrl + link, { method })).status).toBe(200);
    expect(await stateOf('new@example.org')).toBe('pending');
  });

  it('are refused with a page when altered, foreign or of another purpose', async () => {
    const link = await confirmLink('new@example.org');
    const token = link.split('/').at(-1)!;
    for (const path of [`${link}x`, '/confirm/nonsense', `/unsubscribe/${token}`, `/preferences/${token}`]) {
      const response = await post({}, path);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.text()).toContain('<html');
    }
    expect(await stateOf('new@example.org')).toBe('pending');
  });

  it('confirm once, and say so the second time; the welcome comes once', async () => {
    const link = await confirmLink('new@example.org');
    expect((await post({}, link)).status).toBe(200);
    expect((await post({}, link)).status).toBe(200);
    await service.mailbox.waitForLetters('new@example.org', { count: 2 });
    expect(await stateOf('new@example.org')).toBe('active');
  });

  it('let the reader choose a language and leave, and never die', async () => {
    const [, welcome] = await service.mailbox.waitForLetters('new@example.org', { count: 2 });
    const path = new URL(/http\S+\/preferences\/[\w.-]+/.exec(welcome!.text)![0]).pathname;
    const changed = await post({ do: 'language', locale: 'ar' }, path);
    expect(await changed.text()).toMatch(/<html[^>]*lang="ar"[^>]*dir="rtl"/);
    expect((await post({ do: 'nonsense' }, path)).status).toBe(422);
    await post({ do: 'leave', list: 'daily-news-brief' }, path);
    expect(await stateOf('new@example.org')).toBe('ended');
    for (const link of [path, new URL(/http\S+\/unsubscribe\/[\w.-]+/.exec(welcome!.text)![0]).pathname]) {
      expect((await fetch(service.baseUrl + link)).status).toBe(200);
    }
  });

  it('unsubscribe by a one-click POST in multipart form too', async () => {
    const [, welcome] = await service.mailbox.waitForLetters('bounced@example.org', { count: 2 });
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    const path = new URL(/<(http[^>]+)>/.exec(welcome!.headers['list-unsubscribe']!)![1]!).pathname;
    const response = await fetch(service.baseUrl + path, { method: 'POST', body: form, redirect: 'manual' });
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await stateOf('bounced@example.org')).toBe('ended');
  });
});

describe('logs', () => {
  it('hold no address and no token', async () => {
    await until('the service to have logged', 5_000, async () =>
      service.logs.includes('/subscribe') ? true : undefined,
    );
    expect(service.logs).not.toMatch(/@example\.org/i);
    expect(service.logs).not.toMatch(/k1\.\d+[\w-]*\.[\w-]{43}/);
  });
});
