import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { locales, type Locale } from '../locales/messages.js';
import { FormTime } from '../tokens/form-time.js';
import { Tokens } from '../tokens/tokens.js';
import { Pages } from './pages.js';
import { faultsOf } from '../../test/support/valid-html.js';
import { samples, story } from '../../test/support/view-samples.js';
import type { ViewData, ViewName } from './view-data.js';

const tokens = new Tokens({ SECRET: `k1:${'s'.repeat(32)}` } as never);

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
    expect(files.sort()).toEqual(
      [...Object.keys(samples), 'layout', 'desk-layout'].map((name) => `${name}.liquid`).sort(),
    );
  });

  it.each(cases)('%s in %s is valid html without anything inline', async (_name, locale, view, data) => {
    const { html, headers } = await show(view, data as never, locale);
    expect(await faultsOf(html)).toEqual([]);
    expect(html).not.toMatch(
      /<script(?! src="\/assets\/(?:box|desk|unsaved)\.[0-9a-f]{8}\.js" defer><\/script>| type="application\/ld\+json">)|<style|\sstyle=|\son[a-z]+="|undefined|\[object/,
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

  it('loads from this site only, and weighs less than 50 KB with its style sheet and script', async () => {
    const { html } = await show('home', samples.home[0]!, 'ar');
    const loaded = [...html.matchAll(/(?:src|<link[^>]*rel="(?:stylesheet|icon)"[^>]*href)="([^"]*)"/g)].map(
      (match) => match[1]!,
    );
    expect(loaded.filter((url) => !url.startsWith('/'))).toEqual([]);
    const { findAsset } = await import('./assets.js');
    expect(html.length + findAsset('site.css')!.bytes.length + findAsset('box.js')!.bytes.length).toBeLessThan(50_000);
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
