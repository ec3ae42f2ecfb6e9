import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { locales, type Locale } from '../locales/messages.js';
import { FormTime } from '../tokens/form-time.js';
import { Tokens } from '../tokens/tokens.js';
import { Pages } from './pages.js';
import { faultsOf } from '../../test/support/valid-html.js';
import type { BoxList, ViewArticle, ViewData, ViewName, ViewStory } from './view-data.js';

const tokens = new Tokens({ SECRET: `k1:${'s'.repeat(32)}` } as never);

const hostile = `"><script>alert(1)</script>' onfocus='x`;

const picture = { src: '/pictures/1.jpg', alt: hostile, width: 1200, height: 800 };
const story: ViewStory = {
  ...{ title: hostile, standfirst: hostile, section: hostile, publisher: hostile, minutes: 3, language: 'en' },
  ...{ url: '/articles/a', picture },
};
const stories = [story, { ...story, picture: null, url: null }, { ...story, minutes: null, standfirst: '' }];
const list: BoxList = {
  ...{
    slug: 'daily',
    name: hostile,
    tagline: hostile,
    locale: 'en',
    home: '',
    sections: ['World', 'Economy', hostile],
  },
  lettersPerWeek: 5,
  timeZone: 'Europe/Paris',
};
const article: ViewArticle = {
  ...{
    title: hostile,
    standfirst: hostile,
    section: 'World',
    author: hostile,
    publisher: hostile,
    minutes: 4,
    language: 'en',
  },
  ...{ bodyHtml: '<p>One</p><h2>Two</h2><p>Three</p>', show: 'full', url: 'https://example.org/a?x=1&y="' },
  figures: [1, 2].map(() => ({ ...picture, caption: hostile, credit: hostile })),
  publishedAt: { words: 'Tuesday 24 November 2026', iso: '2026-11-24T04:10:00Z' },
};
const latest = { localDate: '2026-11-24', subject: hostile, stories };
const issues = ['2026-11-23', '2026-10-31'].map((localDate) => ({ localDate, subject: hostile }));
const lines = issues.map((issue) => ({ ...issue, dateWords: hostile, url: `/archive/${issue.localDate}` }));
const subscriptions = ['pending', 'active', 'paused', 'ended', 'ended'].map((state, index) => ({
  slug: `${state}-${index}`,
  name: `${hostile} ${index}`,
  state,
  next: hostile,
  pausedUntil: hostile,
  list: { sections: ['World', hostile], weekdays: [1, 2, 6], hasWeekend: index > 1, archived: false },
  form: {
    localTime: '07:00',
    timeZone: 'Asia/Calcutta',
    frequency: 'weekly',
    day: 6,
    sections: [hostile],
    until: '2026-12-01',
  },
  tomorrow: '2026-11-26',
  canUndo: index === 4,
  fault: index === 1 || index === 2 ? { text: hostile, of: index === 1 ? 'save' : 'pause' } : null,
}));
const offers = [{ ...list, weekdays: [7], localTime: '07:00' }];
const value = { email: hostile, timeZone: 'Asia/Calcutta', sections: ['World', hostile] };
const words = { localDate: '2026-11-24', dateWords: hostile };

/** Every view, and every branch that changes its markup. */
const samples: { [V in ViewName]: ViewData[V][] } = {
  home: [
    { list, latest, issues },
    { list: { ...list, archived: true, tagline: '' }, latest: null, issues: [] },
    { list: null, latest: null, issues: [] },
  ],
  box: [{ list }],
  embed: [{ list }],
  landing: [latest, null].map((issue) => ({
    list,
    hour: { time: '07:00:00', weekdays: [1, 3] },
    stories: { least: 2, most: 6 },
    sent: { morning: 0, special: 1 },
    latest: issue,
  })),
  subscribed: [false, true].map((again) => ({
    list,
    value: { ...value, sections: `World\n${hostile}` },
    sender: { name: hostile, address: 'brief@example.org' },
    subject: hostile,
    pauseMinutes: 15,
    again,
  })),
  'subscribe-error': [{ list, error: hostile, value }],
  confirm: [{ list, action: '/confirm/t' }],
  confirmed: [false, true].map((already) => ({ list, nextAt: hostile, preferencesUrl: '/preferences/t', already })),
  'link-expired': [{ list, homeUrl: '/' }],
  'link-unknown': [{ list: null, homeUrl: '/' }],
  unsubscribe: [false, true].map((ended) => ({
    ...{ list, action: '/confirm/t', ended, canUndo: ended, gets: true, others: true, weekdays: [1, 2, 3, 4, 5, 6] },
    pauses: [{ days: 7, until: '2026-12-02' }],
  })),
  unsubscribed: [false, true].map((thanked) => ({
    ...{ list, action: '/confirm/t', preferencesUrl: hostile, ended: '1-2', all: thanked, thanked },
  })),
  stayed: [false, true].map((late) => ({ list, preferencesUrl: hostile, said: hostile, late })),
  preferences: [
    { address: hostile, action: '/confirm/t', subscriptions, offers, said: hostile, fault: null, addressFault: null },
    {
      address: hostile,
      action: '/confirm/t',
      subscriptions: [],
      offers: [],
      said: null,
      fault: hostile,
      addressFault: { text: hostile, typed: hostile },
    },
  ],
  address: (['ready', 'changed', 'taken', 'expired'] as const).map((outcome) => ({
    ...{ address: hostile, outcome, action: '/address/t', preferencesUrl: '/preferences/t' },
  })),
  article: [
    { list, article },
    { list: null, article: { ...article, show: 'excerpt', figures: [], author: null, standfirst: '' } },
  ],
  archive: [
    { list, issues: lines, olderThan: '2026-10-31' },
    { list, issues: [] },
  ],
  issue: [
    {
      list,
      ...words,
      note: `${hostile}\n${hostile}`,
      subject: hostile,
      stories,
      specials: [{ note: null, subject: 'Special', stories }],
    },
    { list, ...words, note: `${hostile}\n${hostile}`, subject: 'Another subject', stories },
  ],
  error: [
    { status: 500, title: hostile, detail: hostile },
    { status: 404, title: hostile, detail: hostile, list, stories },
  ],
};

interface Answer {
  status: number;
  html: string;
  headers: Record<string, string>;
}

/** Renders a view as a browser would get it. */
async function show<V extends ViewName>(
  view: V,
  data: ViewData[V],
  locale: Locale,
  url = '/',
  headers = {},
): Promise<Answer> {
  const answer: Answer = { status: 0, html: '', headers: {} };
  const reply = {
    request: { url, headers, query: Object.fromEntries(new URL(url, 'http://host').searchParams) },
    headers: (values: object) => Object.assign(answer.headers, values) && reply,
    header: (name: string, value: string) => Object.assign(answer.headers, { [name]: value }) && reply,
    status: (code: number) => ((answer.status = code), reply),
    type: (value: string) => Object.assign(answer.headers, { 'content-type': value }) && reply,
    send: (html = '') => ((answer.html = html), reply),
  };
  const pages = new Pages({ PUBLIC_URL: 'https://brief.example' }, new FormTime(tokens));
  await pages.html(reply as unknown as FastifyReply, view, { ...data, locale } as never);
  return answer;
}

const cases = (Object.keys(samples) as ViewName[]).flatMap((view) =>
  locales.flatMap((locale) => samples[view].map((data, index) => [`${view} ${index}`, locale, view, data] as const)),
);

describe('every view', () => {
  it('has a sample here', () => {
    const files = readdirSync(new URL('./views', import.meta.url)).filter((name) => name.endsWith('.liquid'));
    expect(files.sort()).toEqual([...Object.keys(samples), 'layout'].map((name) => `${name}.liquid`).sort());
  });

  it.each(cases)('%s in %s is valid html without anything inline', async (_name, locale, view, data) => {
    const { html, headers } = await show(view, data as never, locale);
    expect(await faultsOf(html)).toEqual([]);
    expect(html).not.toMatch(
      /<script(?! src="\/assets\/box\.[0-9a-f]{8}\.js" defer><\/script>)|<style|\sstyle=|\son[a-z]+="|undefined|\[object/,
    );
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(headers['content-language']).toBe(locale);
  });

  it.each(cases)('%s in %s carries the headers that keep it harmless', async (_name, locale, view, data) => {
    const { headers } = await show(view, data as never, locale);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('a page', () => {
  it('escapes what strangers wrote, in text and in attributes', async () => {
    const { html } = await show('subscribe-error', samples['subscribe-error'][0]!, 'en');
    expect(html).toContain('value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39; onfocus=&#39;x"');
  });

  it('loads from this site only, and weighs less than 50 KB with its style sheet', async () => {
    const { html } = await show('home', samples.home[0]!, 'ar');
    const loaded = [...html.matchAll(/(?:src|<link[^>]*rel="(?:stylesheet|icon)"[^>]*href)="([^"]*)"/g)].map(
      (match) => match[1]!,
    );
    expect(loaded.filter((url) => !url.startsWith('/'))).toEqual([]);
    const { findAsset } = await import('./assets.js');
    expect(html.length + findAsset('site.css')!.bytes.length).toBeLessThan(50_000);
  });

  it('that is open to all may be kept by a cache that asks again', async () => {
    const first = await show('archive', samples.archive[0]!, 'en');
    expect(first.headers).toMatchObject({
      'cache-control': 'no-cache',
      vary: 'accept-language',
      etag: expect.any(String),
    });
    const again = await show('archive', samples.archive[0]!, 'en', '/', { 'if-none-match': `W/${first.headers.etag}` });
    expect(again).toMatchObject({ status: 304, html: '' });
  });

  it('behind a token is stored by nobody, indexed by nobody, and offers no links that hold the token', async () => {
    const { html, headers } = await show('preferences', samples.preferences[1]!, 'en', '/preferences/SECRET');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers.etag).toBeUndefined();
    expect(html).toContain('<meta name="robots" content="noindex">');
    expect(html).not.toContain('SECRET');
  });

  it('keeps the language that was chosen in its address, and offers the others', async () => {
    const { html } = await show('archive', samples.archive[0]!, 'fr', '/archive?before=2026-11-01&lang=fr');
    expect(html).toContain('href="/archive/2026-11-23?lang=fr"');
    expect(html).toContain('href="/archive?before=2026-11-01&amp;lang=ar" hreflang="ar"');
    expect(html).toContain('href="/archive?before=2026-10-31&amp;lang=fr"');
  });

  it('of an excerpt names the original as the canonical one and shows nothing of its body', async () => {
    const [, excerpt] = samples.article;
    const { html } = await show('article', excerpt!, 'en', '/articles/a');
    expect(html).toContain('<link rel="canonical" href="https://example.org/a?x=1&amp;y=&#34;">');
    expect(html).not.toContain('<p>One</p>');
  });

  it('does not link a withdrawn article', async () => {
    const { html } = await show('issue', { ...samples.issue[1]!, stories: [{ ...story, url: null }] }, 'en');
    expect(html).toContain('This article has been withdrawn.');
    expect(html).not.toContain('/articles/');
  });
});
