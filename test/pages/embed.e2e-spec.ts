import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { startService, type Service } from '../support/service.js';

/** What the page for other sites' owners gives them to copy. */
type Way = 'element' | 'frame' | 'form';

let service: Service;
let home: string;
let db: pg.Client;
let elsewhere: Server;
let context: BrowserContext;
const snippets: Record<string, string> = {};

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', '#34': '"', '#39': "'" };
const unescaped = (html: string) => html.replace(/&(lt|gt|amp|#34|#39);/g, (_, name: string) => entities[name]!);

/** Somebody else's site, strict about what it lets in, with our box on it as its owner copied it. */
const site = (way: string) => `<!DOCTYPE html><html lang="en"><title>Elsewhere</title><main><h1>Elsewhere</h1>
${snippets[way]}</main></html>`;
const policy = () =>
  `default-src 'none'; script-src ${home}; connect-src ${home}; style-src ${home}; frame-src ${home}; form-action ${home}`;

async function open(way: Way, javaScriptEnabled = true): Promise<Page> {
  if (!javaScriptEnabled) {
    await context.close();
    context = await (await openBrowser()).newContext({ javaScriptEnabled });
  }
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/${way}`);
  return page;
}

const zoneOf = async (address: string) =>
  (await db.query<{ zone: string }>('select time_zone as zone from subscriber where address = $1', [address])).rows[0]
    ?.zone;

beforeAll(async () => {
  service = await startService();
  home = `http://localhost:${new URL(service.baseUrl).port}`;
  const html = await (await fetch(`${service.baseUrl}/lists/daily-news-brief/embed`)).text();
  for (const [, way, code] of html.matchAll(/<h2 id="(\w+)">.*?<code>(.*?)<\/code>/gs))
    snippets[way!] = unescaped(code!);
  elsewhere = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy() });
    response.end(site(request.url!.slice(1)));
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
  context = await (await openBrowser()).newContext({ timezoneId: 'Asia/Tokyo', locale: 'en-GB' });
});

afterAll(async () => {
  elsewhere?.close();
  await db?.end();
});

describe('the box on somebody else’s site', () => {
  it('as an element takes the address in place, with the zone that the browser is in', async () => {
    const page = await open('element');
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const box = page.locator('daily-brief-signup');
    await box.locator('summary').getByText('Tokyo').waitFor();
    await box.getByLabel('Your email address').fill('element@example.org');
    await box.getByRole('button', { name: 'Subscribe' }).click();
    await box.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.localName')).toBe('h1');
    await service.mailbox.waitForLetter('element@example.org', { subject: 'confirm' });
    expect(await zoneOf('element@example.org')).toBe('Asia/Tokyo');
    expect(requests.every((url) => url.startsWith(`${home}/`))).toBe(true);
    expect(await context.cookies()).toEqual([]);
  });

  it('as an element says in place what is wrong, and keeps what was chosen', async () => {
    const page = await open('element');
    const box = page.locator('daily-brief-signup');
    await box.locator('summary').click();
    await box.getByLabel('Your time zone').selectOption('Asia/Kolkata');
    await box.getByRole('checkbox', { name: 'Science' }).check();
    await box.getByLabel('Your email address').fill('reader');
    await box.getByRole('button', { name: 'Subscribe' }).click();
    await box.getByText('An address needs a name, an @ and a domain').waitFor();
    expect(await box.getByLabel('Your time zone').inputValue()).toMatch(/Asia\/(Kolkata|Calcutta)/);
    expect(await box.getByRole('checkbox', { name: 'Science' }).isChecked()).toBe(true);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });

  it('in a frame answers in the frame, errors too', async () => {
    const page = await open('frame');
    const frame = page.frameLocator('iframe');
    await frame.getByLabel('Your email address').fill('reader');
    await frame.getByRole('button', { name: 'Subscribe' }).click();
    await frame.getByText('An address needs a name').waitFor();
    await frame.getByLabel('Your email address').fill('frame@example.org');
    await frame.getByRole('button', { name: 'Subscribe' }).click();
    await frame.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    await service.mailbox.waitForLetter('frame@example.org', { subject: 'confirm' });
    expect(await context.cookies()).toEqual([]);
  });

  it('as a plain form comes to our page', async () => {
    const page = await open('form');
    await page.getByLabel('Your email address').fill('form@example.org');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    expect(page.url()).toBe(`${home}/subscribe`);
    await service.mailbox.waitForLetter('form@example.org', { subject: 'confirm' });
  });

  it('works without JavaScript: the frame as ever, the element as a link', async () => {
    const page = await open('frame', false);
    const frame = page.frameLocator('iframe');
    await frame.getByLabel('Your email address').fill('quiet@example.org');
    await frame.getByRole('button', { name: 'Subscribe' }).click();
    await frame.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    expect(await zoneOf('quiet@example.org')).toBe('Europe/Paris');
    const other = await open('element', false);
    await other.getByRole('link', { name: 'Daily news brief' }).click();
    await other.getByRole('heading', { name: 'What to expect' }).waitFor();
  });
});

describe('what other sites may do', () => {
  const headersOf = async (path: string, method = 'GET') =>
    (await fetch(service.baseUrl + path, { method, headers: { origin: 'https://elsewhere.example' } })).headers;

  it('is to frame and to fetch the box, without credentials, and nothing else', async () => {
    for (const method of ['GET', 'POST']) {
      const box = await headersOf('/lists/daily-news-brief/box', method);
      expect(box.get('access-control-allow-origin')).toBe('*');
      expect(box.get('access-control-allow-credentials')).toBeNull();
      expect(box.get('content-security-policy')).toContain('frame-ancestors *');
    }
    for (const path of [
      '/',
      '/lists/daily-news-brief',
      '/lists/daily-news-brief/embed',
      '/preferences/x',
      '/confirm/x',
    ]) {
      const page = await headersOf(path);
      expect([path, page.get('access-control-allow-origin')]).toEqual([path, null]);
      expect(page.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  it('is to load the script, under an address that stays', async () => {
    const script = await headersOf('/embed.js');
    expect(script.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.get('cache-control')).toBe('public, max-age=3600');
    expect(script.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it.each(['/lists/none/box', '/lists/none/embed'])('%s is a page that says there is nothing', async (path) => {
    const response = await fetch(service.baseUrl + path);
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('There is nothing here')]);
  });
});
