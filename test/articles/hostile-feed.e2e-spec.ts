import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { startService, type Service } from '../support/service.js';
import { item, Paper } from './newsroom.js';

/** What a hostile feed may bring, opened by a real browser as a page and as a letter: nothing of it runs, asks for anything, or covers anything. */
let paper: Paper;
let service: Service;

const owned = "document.title='owned';window.owned=1";

const attacks = (at: string): string[] => [
  `<p>First paragraph, before everything that follows.</p><script>${owned}</script><script src="${at}/script.js"></script>`,
  `<img src="${at}/missing.png" onerror="${owned}"><svg onload="${owned}"><script>${owned}</script></svg>`,
  `<math><mtext></p><style><img src=x onerror="${owned}"></style></mtext></math>`,
  `<noscript><p title="</noscript><img src=x onerror=${owned.replaceAll("'", '')}>"></noscript>`,
  `<iframe src="${at}/frame" srcdoc="<script>parent.owned=1</script>"></iframe><object data="${at}/object"></object><embed src="${at}/embed">`,
  `<style>@import url(${at}/import.css); body{background:url(${at}/style.gif)} *{display:none}</style><link rel="stylesheet" href="${at}/link.css">`,
  `<div style="position:fixed;inset:0;z-index:9999;background:red url(${at}/inline.gif)">Covered</div>`,
  `<form action="${at}/form"><input name="password" autofocus onfocus="${owned}"><button formaction="${at}/go">Sign in</button></form>`,
  `<a href="javascript:${owned}">run</a><a href="java&#10;script:${owned}">run</a><a href="data:text/html,<script>${owned}</script>">data</a>`,
  `<img src="${at}/pixel.gif" width="1" height="1"><video src="${at}/video" poster="${at}/poster"></video><audio autoplay src="${at}/audio"></audio>`,
  `<meta http-equiv="refresh" content="0;url=${at}/refresh"><base href="${at}/base/"><a href="/relative" ping="${at}/ping">relative</a>`,
  `<table><tr><td><b><i><div>Never closed`,
];

const hostile = (at: string) =>
  item(
    'hostile',
    `<content:encoded><![CDATA[${attacks(at).join('\n')} ${'Words enough to be a whole article. '.repeat(20)}]]></content:encoded>`,
  )
    .replace('Story hostile', 'Calm &lt;script&gt;window.owned=1&lt;/script&gt; \u202Egnp.exe {{ 7 | times: 7 }}')
    .replace(
      'What story hostile is about.',
      '&lt;img src="//evil.example/x" onerror="window.owned=1"&gt; A standfirst',
    );

beforeAll(async () => {
  paper = await new Paper().start();
  service = await startService({ env: { SEED: 'none', ALLOW_PRIVATE_HOSTS: paper.host } });
});

afterAll(() => paper?.stop());

async function open(page: Page, show: (page: Page) => Promise<unknown>) {
  const asked: string[] = [];
  const dialogs: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await show(page);
  await page.waitForTimeout(500);
  return { asked, dialogs };
}

/** What is wrong with the document as it stands, seen by a reader. */
const wrongs = (page: Page, articleOnly: string) =>
  page.evaluate((selector) => {
    const inside = [...document.querySelectorAll(selector)];
    const all = (what: string) => inside.flatMap((root) => [...root.querySelectorAll(what)]);
    const covering = all('*').filter((element) => /fixed|absolute/.test(getComputedStyle(element).position));
    const handlers = all('*').filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on')));
    const links = all('a[href]').filter((link) => !/^https?:/.test((link as HTMLAnchorElement).protocol));
    const active = all('script, iframe, object, embed, form, input, svg, math, link, base, meta[http-equiv=refresh]');
    const found = [...covering, ...handlers, ...links, ...active].map((element) => element.outerHTML.slice(0, 200));
    const { owned = null } = window as unknown as { owned?: number };
    return { found, owned, overrides: /[\u202A-\u202E\u2066-\u2069]/.test(document.body.textContent!) };
  }, articleOnly);

const nothing = { found: [], owned: null, overrides: false };

it('shows a hostile article as calm words, on its page and in the letter', async () => {
  const added = await service.api('/api/v1/sources', {
    method: 'POST',
    body: { kind: 'feed', url: paper.feed('/hostile', hostile(paper.url)), show: 'full', complete: false },
  });
  const { id } = (await added.json()) as { id: string };
  const polled = (await (await service.api(`/api/v1/sources/${id}/poll`, { method: 'POST' })).json()) as object;
  expect(polled).toMatchObject({ kind: 'polled', added: 1 });
  const { items } = (await (await service.api('/api/v1/articles')).json()) as {
    items: { page: string; title: string }[];
  };
  await service.api('/api/v1/lists', { method: 'POST', body: { slug: 'world', name: 'World' } });
  const made = await service.api('/api/v1/editions', { method: 'POST', body: { list: 'world' } });
  const edition = (await made.json()) as { id: string };
  const letter = await (await service.api(`/api/v1/editions/${edition.id}/preview?format=html`)).text();
  paper.asked.length = 0;

  const browser = await openBrowser();
  const page = await browser.newPage();
  const seen = await open(page, () => page.goto(`${service.baseUrl}${new URL(items[0]!.page).pathname}`));
  expect(await page.innerText('main')).toContain('Words enough to be a whole article.');
  expect(await page.innerText('h1')).toContain('{{ 7 | times: 7 }}');
  expect(await wrongs(page, 'main article')).toEqual(nothing);
  expect(seen.dialogs).toEqual([]);
  expect(seen.asked.filter((url) => !url.startsWith(service.baseUrl))).toEqual([]);
  expect(await page.locator('main a', { hasText: 'relative' }).getAttribute('href')).toBe(
    'https://paper.example/relative',
  );

  // No policy protects a letter: a mail client sees it as it is.
  const mail = await browser.newPage();
  const read = await open(mail, (opened) => opened.setContent(letter));
  expect(await mail.innerText('body')).toContain('{{ 7 | times: 7 }}');
  expect(await wrongs(mail, 'body')).toEqual(nothing);
  expect(read.dialogs).toEqual([]);
  expect(read.asked.filter((url) => /^https?:/.test(url) && !url.startsWith(service.baseUrl))).toEqual([]);
  expect(paper.asked).toEqual([]);
});

it('goes on serving while a feed and an article that are made to take long are read', async () => {
  const slow = `<p>x${' <em> </em>'.repeat(18_000)}y</p>`;
  const items = Array.from({ length: 15 }, (_, n) =>
    item(`slow-${n}`, `<content:encoded><![CDATA[${slow}]]></content:encoded>`),
  );
  const body = { kind: 'feed', url: paper.feed('/slow', items.join('')), show: 'full', complete: false };
  const { id } = (await (await service.api('/api/v1/sources', { method: 'POST', body })).json()) as { id: string };
  const waits: number[] = [];
  let reading = true;
  const watch = (async () => {
    while (reading) {
      const started = performance.now();
      await fetch(`${service.baseUrl}/health/live`);
      waits.push(performance.now() - started);
    }
  })();
  const [polled, pushed] = await Promise.all([
    service.api(`/api/v1/sources/${id}/poll`, { method: 'POST' }),
    service.api('/api/v1/articles', { method: 'POST', body: { title: 'Slow', body: slow } }),
  ]);
  reading = false;
  await watch;
  expect([polled.status, pushed.status]).toEqual([200, 201]);
  expect(await polled.json()).toMatchObject({ kind: 'polled', added: 15 });
  // Before, the service answered nothing for 7 s and more. Idle, it answers within some milliseconds.
  expect(Math.max(...waits)).toBeLessThan(2_000);
  expect(waits.length).toBeGreaterThan(5);
}, 180_000);
