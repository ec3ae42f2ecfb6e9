// Takes a picture of a page: node_modules/.bin/node test/support/shoot.mjs URL|FILE OUT.png [width] [dark]
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumLaunch } from './chromium.ts';

const [target, path, ...rest] = process.argv.slice(2);
if (!target || !path) {
  console.error('usage: shoot.mjs URL|FILE OUT.png [width] [dark]');
  process.exit(2);
}
const width = Number(rest.find((word) => /^\d+$/.test(word)) ?? 1000);
const url = existsSync(target) ? pathToFileURL(target).href : target;

const browser = await chromium.launch(chromiumLaunch());
try {
  const page = await browser.newPage({
    viewport: { width, height: Math.round(width * 0.75) },
    colorScheme: rest.includes('dark') ? 'dark' : 'light',
  });
  await page.goto(url, { waitUntil: 'load' });
  await page.screenshot({ path, fullPage: true });
} finally {
  await browser.close();
}
