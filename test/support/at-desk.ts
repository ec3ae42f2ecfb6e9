import type { Page } from 'playwright-core';
import { openBrowser } from './browser.js';
import type { Service } from './service.js';

type ContextOptions = Parameters<Awaited<ReturnType<typeof openBrowser>>['newContext']>[0];

/** Cookies of `__Host-` want a secure place: localhost is one, 127.0.0.1 in plain http is not. */
export const deskUrl = (service: Service): string => service.baseUrl.replace('127.0.0.1', 'localhost');

/** Signs in with a key in a browser of its own. @param path of the page that opens */
export async function signInAtDesk(
  service: Service,
  key: string,
  path: string,
  options: ContextOptions = {},
): Promise<Page> {
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(deskUrl(service) + path);
  await page.fill('#key', key);
  await page.click('main button');
  if (new URL(page.url()).pathname !== path) throw new Error(`Not let in: ${page.url()}`);
  return page;
}

/** The desk's page at a path, with the admin key; with `fields` a button of its form is pressed. */
export async function deskPage(
  { baseUrl: origin, apiKey }: Service,
  path: string,
  fields?: Record<string, string>,
): Promise<{ status: number; html: string }> {
  const { headers } = await fetch(`${origin}/desk/sign-in`, {
    ...{ method: 'POST', redirect: 'manual', headers: { origin } },
    body: new URLSearchParams({ key: apiKey }),
  });
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  const response = await fetch(origin + path, {
    headers: { cookie, origin },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  });
  return { status: response.status, html: await response.text() };
}
