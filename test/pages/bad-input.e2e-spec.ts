import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { addReaders } from '../support/readers.js';
import { startService, type Service } from '../support/service.js';
import { faultsOf } from '../support/valid-html.js';

let service: Service;
let db: pg.Client;
let preferences: string;
const list = 'daily-news-brief';

type Fields = Record<string, string> | [string, string][];
const post = async (path: string, fields: Fields = {}) => {
  const response = await fetch(service.baseUrl + path, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: response.status, html: await response.text() };
};

const state = async () =>
  (
    await db.query(
      `select r.locale, r.address, s.state, s.sections, s.paused_until, s.schedule_id from subscriber r join subscription s on s.subscriber_id = r.id order by s.id`,
    )
  ).rows;

beforeAll(async () => {
  service = await startService();
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
  await addReaders(service, ['reader@example.org']);
  await post('/subscribe', { email: 'reader@example.org' });
  const letter = await service.mailbox.waitForLetter('reader@example.org');
  preferences = /\/preferences\/[\w.-]+/.exec(letter.text)![0];
});

afterAll(() => db?.end());

const save = { do: 'save', list, localTime: '07:00', timeZone: 'Europe/Paris', frequency: 'list', sections: 'World' };

/** The page as its form sends it, with some fields otherwise. An empty one is left out. */
const page = (change: Record<string, string>): [string, string][] =>
  Object.entries({
    ...{
      do: 'save',
      [`localTime:${list}`]: '07:00',
      [`timeZone:${list}`]: 'Europe/Paris',
      [`frequency:${list}`]: 'list',
    },
    ...{ [`sections:${list}`]: 'World', [`until:${list}`]: '2099-01-01', locale: 'en', email: '', ...change },
  }).filter(([name, value]) => value !== '' || name === 'email');

describe('the preferences, sent what their page would not send', () => {
  it.each<[string, Fields, RegExp]>([
    ['nothing at all', {}, /choose again/],
    ['an act that there is not', { do: 'destroy' }, /choose again/],
    ['ten acts', Array.from({ length: 10 }, () => ['do', 'leave'] as [string, string]), /choose again/],
    ['no list', { ...save, list: '' }, /older than your subscriptions/],
    ['a list of somebody else’s', { do: 'leave', list: 'nope' }, /older than your subscriptions/],
    ['a zone that there is not', { ...save, timeZone: 'Mars/Phobos' }, /time zone/],
    ['an offset for a zone', { ...save, timeZone: '+01:00' }, /time zone/],
    ['an hour that there is not', { ...save, localTime: '25:99' }, /time of day/],
    ['a frequency that there is not', { ...save, frequency: 'hourly' }, /How often/],
    ['a weekly letter without a day', { ...save, frequency: 'weekly' }, /needs a day/],
    ['a section that there is not', { ...save, sections: 'Gossip' }, /section/],
    ['no section at all', [...Object.entries(save)].filter(([name]) => name !== 'sections'), /at least one section/],
    ['a page without a section', page({ [`sections:${list}`]: '' }), /at least one section/],
    ['a page with an hour that there is not', page({ [`localTime:${list}`]: '25:99', locale: 'fr' }), /time of day/],
    ['a pause until yesterday', { do: 'pause', list, until: '2020-01-01' }, /within a year/],
    ['a pause until a day that there is not', { do: 'pause', list, until: '2027-02-30' }, /within a year/],
    ['a pause for ever', { do: 'pause', list, until: '9999-12-31' }, /within a year/],
    ['a language that there is not', { do: 'language', locale: 'tlh' }, /older than your subscriptions/],
    ['a list to join that there is not', { do: 'join', list: 'nope' }, /older than your subscriptions/],
    ['a NUL', { do: 'join', list: 'a\0b' }, /older than your subscriptions|could not read/i],
  ])('%s: a page that says so, and nothing changed', async (_what, fields, sentence) => {
    const before = await state();
    const { status, html } = await post(preferences, fields);
    expect([[400, 422].includes(status), html]).toEqual([true, expect.stringMatching(sentence)]);
    expect(await faultsOf(html)).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('keep what was chosen beside what was wrong', async () => {
    const { html } = await post(preferences, {
      ...save,
      localTime: '06:10',
      timeZone: 'Asia/Tokyo',
      frequency: 'weekly',
    });
    expect(html).toContain('value="06:10"');
    expect(html).toContain('<option value="Asia/Tokyo" selected>');
  });

  it('lose nothing that was typed when another button is pressed, and save none of it', async () => {
    const before = await state();
    const typed = {
      [`localTime:${list}`]: '05:45',
      [`sections:${list}`]: 'Asia',
      locale: 'fr',
      email: 'new@example.org',
    };
    const { status, html } = await post(
      preferences,
      page({ ...typed, do: `pause:${list}`, [`until:${list}`]: 'never' }),
    );
    expect(status).toBe(422);
    const resumed = await post(preferences, page({ ...typed, do: `resume:${list}` }));
    expect(resumed.status).toBe(200);
    for (const shown of [html, resumed.html]) {
      expect(shown).toContain('value="05:45"');
      expect(shown).toMatch(/value="Asia" checked[^]*<option value="fr" lang="fr" selected[^]*value="new@example.org"/);
      expect(shown).toContain('data-unsaved="yes"');
      expect(shown).toContain('You have changes that are not saved yet');
    }
    expect(await state()).toEqual(before);

    const saved = await post(preferences, page({ ...typed, locale: 'en' }));
    expect(saved.html).toContain('value="new@example.org"');
    expect(saved.html).not.toContain('data-unsaved');
    expect((await state())[0]).toMatchObject({ sections: ['Asia'], locale: 'en' });
  });

  it('do the same thing twice as once', async () => {
    const first = await post(preferences, { ...save, localTime: '06:30' });
    const once = await state();
    expect(await post(preferences, { ...save, localTime: '06:30' })).toEqual(first);
    expect(await state()).toEqual(once);
  });
});

describe('leaving', () => {
  it('is what a mangled form does: whoever is there wants no letters', async () => {
    await post('/subscribe', { email: 'mangled@example.org' });
    const { rows } = await db.query<{ id: string }>(
      `select s.id from subscription s join subscriber r on r.id = s.subscriber_id where r.address = 'mangled@example.org'`,
    );
    await db.query(
      `update subscription set state = 'active', confirmed_at = now(), morning_from = now() where id = $1`,
      [rows[0]!.id],
    );
    const { Tokens } = await import('../../src/tokens/tokens.js');
    const token = new Tokens({ SECRET: service.settings.SECRET! } as never).sign('unsubscribe', rows[0]!.id);
    const ten = Array.from({ length: 10 }, (_, n) => ['do', n % 2 ? 'pause' : 'undo'] as [string, string]);
    expect((await post(`/unsubscribe/${token}`, ten)).status).toBe(200);
    expect((await state()).at(-1)).toMatchObject({ address: 'mangled@example.org', state: 'ended' });
    expect((await post(`/unsubscribe/${token}`, { do: 'undo', ended: '1-2-3-nonsense' })).html).toContain(
      'You are back',
    );
  });
});

describe('names', () => {
  const named = (name: string) =>
    service.api('/api/v1/lists', {
      method: 'POST',
      body: {
        ...{ slug: 'strange', name, tagline: '', timeZone: 'Asia/Kathmandu', localTime: '05:45' },
        ...{ sections: ['🌍', 'العالم'], postalAddress: 'Street 1' },
      },
    });

  it('of control characters are refused', async () => {
    for (const name of ['\u0007', '\u202e', 'a\u0000b', '\n'])
      expect([name, (await named(name)).status]).toEqual([name, 422]);
  });

  it('of emoji only work, from the box to the letter', async () => {
    expect((await named('📰🐣')).status).toBe(201);
    for (const path of ['/lists/strange', '/lists/strange/box', '/lists/strange/embed']) {
      const response = await fetch(service.baseUrl + path);
      const html = await response.text();
      expect([path, response.status, await faultsOf(html)]).toEqual([path, 200, []]);
    }
    const { status, html } = await post('/lists/strange/box', {
      email: 'emoji@example.org',
      locale: 'tlh',
      sections: '🌍',
    });
    expect([status, html]).toEqual([
      200,
      expect.stringContaining('<dt>Its subject names</dt><dd dir="auto">📰🐣</dd>'),
    ]);
    expect((await service.mailbox.waitForLetter('emoji@example.org')).subject).toBe('Please confirm: 📰🐣');
  });
});
