import { afterAll } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { chromiumLaunch } from './chromium.js';

let browser: Browser | undefined;

/** A real browser, one for each test file; it ends with the file. */
export async function openBrowser(): Promise<Browser> {
  browser ??= await chromium.launch(chromiumLaunch());
  return browser;
}

afterAll(async () => {
  await browser?.close();
});
