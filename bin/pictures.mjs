// npm run pictures: every letter and page, as readers see them, into .cache/pictures: open its index.html.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { chromiumLaunch } from '../test/support/chromium.ts';
import { removeEmbedded } from '../test/support/remove-embedded.mjs';
import { root } from './root.mjs';

const folder = join(root, '.cache', 'pictures');
const widths = [375, 600, 1280];
const locales = ['en', 'fr', 'es', 'ar'];
const key = 'the-key-of-the-pictures';

const dataDir = mkdtempSync(join(realpathSync(tmpdir()), 'brief-pictures-'));
const [port, mailboxPort, smtpPort] = [await freePort(), await freePort(), await freePort()];
const base = `http://localhost:${port}`;
const service = spawn(process.execPath, ['dist/main.js'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...{
      PATH: process.env.PATH,
      LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH,
      DATA_DIR: dataDir,
      ADMIN_API_KEY: key,
      CONFIRMATION_PAUSE: '0',
      CONFIRMATIONS_PER_DAY: '20',
    },
    ...{ PORT: String(port), MAILBOX_PORT: String(mailboxPort), MAILBOX_SMTP_PORT: String(smtpPort) },
  },
});

/** Signs a reader up in each language, confirms, leaves, and gives the letters that come. */
async function makeLetters() {
  await until(async () => ((await api('/api/v1/stories')).items ?? []).length > 0);
  const found = [];
  for (const locale of locales) {
    const address = `${locale}@example.org`;
    const welcome = await welcomeFor(address, locale);
    await post('/subscribe', { email: address, locale, timeZone: 'Europe/Paris' });
    await post(`${pathIn(welcome.html, 'preferences')}/data`);
    await post(pathIn(welcome.html, 'unsubscribe'));
    await lettersTo(address, 4);
    await sleep(3_000); // the last of them
    const all = await lettersTo(address, 4);
    found.push(...all.map((letter) => ({ name: `letter ${kindOf(letter, welcome)} ${locale}`, html: letter.html })));
  }
  return found;
}

/** Signs up, confirms, and gives the letter that greets. */
async function welcomeFor(address, locale) {
  await post('/subscribe', { email: address, locale, timeZone: 'Europe/Paris' });
  const [confirmation] = await lettersTo(address, 1);
  await post(pathIn(confirmation.html, 'confirm'));
  return (await lettersTo(address, 2)).find(({ html }) => html.includes('/letters/'));
}

const kindOf = ({ html }, welcome) => {
  if (html === welcome.html) return 'welcome';
  return ['confirm', 'my-data', 'unsubscribe', 'preferences'].find((page) => html.includes(`/${page}/`)) ?? 'other';
};

async function makePages() {
  const home = await (await fetch(base)).text();
  const [article] = /\/articles\/[\w-]+/.exec(home);
  const [issue] = /\/archive\/[\d-]+/.exec(home);
  const welcome = await welcomeFor('reader@example.org', 'en');
  const preferences = pathIn(welcome.html, 'preferences');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const paths = {
    home: '/',
    article,
    issue,
    archive: '/archive',
    'not there': '/articles/none',
    list: '/lists/daily-news-brief',
    preferences,
  };
  const spoken = Object.entries(paths).flatMap(([name, path]) =>
    ['en', 'ar'].map((locale) => ({ name: `page ${name} ${locale}`, url: `${base}${path}?lang=${locale}` })),
  );
  return [...spoken, { name: 'page desk en', url: `${base}/desk/daily-news-brief/${tomorrow}` }];
}

async function signIn(context) {
  const page = await context.newPage();
  await page.goto(`${base}/desk/sign-in`);
  await page.fill('#key', key);
  await page.click('main button');
  await page.close();
}

async function shoot(context, name, width, colorScheme, open) {
  const page = await context.newPage();
  await open(page);
  // Decoded too: what is only loaded may not be painted yet. One that cannot be had is left as it is.
  await page.evaluate(() =>
    Promise.all(
      [...document.images].map((image) => {
        image.loading = 'eager';
        return image.decode().catch(() => undefined);
      }),
    ),
  );
  const file = `${name} ${width} ${colorScheme}.png`.replaceAll(' ', '-');
  await page.screenshot({ path: join(folder, file), fullPage: true });
  await page.close();
  return { name, width, colorScheme, file };
}

const index = (shots) => `<!doctype html><meta charset="utf-8"><title>Pictures</title>
<style>body{font:1rem system-ui;background:#888}figure{display:inline-block;margin:.5rem;vertical-align:top;width:20rem}img{width:100%}</style>
${shots.map(({ name, width, colorScheme, file }) => `<figure><a href="${file}"><img loading="lazy" src="${file}" alt=""></a><figcaption>${name}, ${width} px, ${colorScheme}</figcaption></figure>`).join('\n')}`;

const api = async (path) => {
  const response = await fetch(base + path, { headers: { authorization: `Bearer ${key}` } }).catch(() => null);
  return response?.ok ? response.json() : {};
};
const post = (path, fields = {}) => fetch(base + path, { method: 'POST', body: new URLSearchParams(fields) });
const pathIn = (html, page) => new RegExp(`/${page}/[\\w.-]+`).exec(html)[0];

async function lettersTo(address, count) {
  let letters = [];
  await until(async () => {
    const all = await (await fetch(`http://localhost:${mailboxPort}/api/email`)).json();
    letters = all.filter(({ envelope }) => envelope.to.some((one) => one.address === address));
    return letters.length >= count;
  });
  return letters;
}

async function until(done) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await done().catch(() => false)) return;
    await sleep(200);
  }
  throw new Error('Waited a minute in vain; see what npm start says.');
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

/** Every page and letter at one width, in one light. */
async function shootAll({ letters, pages }, width, colorScheme) {
  const browser = await chromium.launch(chromiumLaunch());
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  await signIn(context);
  const shots = [];
  const take = async (name, open) => shots.push(await shoot(context, name, width, colorScheme, open));
  for (const { name, url } of pages) await take(name, (page) => page.goto(url));
  for (const { name, html } of letters) await take(name, (page) => page.setContent(html, { waitUntil: 'load' }));
  if (width === widths[0] && colorScheme === 'light') {
    await context.route(/\/pictures\//, (route) => route.abort());
    const welcomes = letters.filter(({ name }) => name.startsWith('letter welcome'));
    for (const { name, html } of welcomes) await take(`${name} without images`, (page) => page.setContent(html));
  }
  await browser.close();
  return shots;
}

try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const letters = await makeLetters();
  const what = { letters, pages: await makePages() };
  const shots = [];
  for (const width of widths)
    for (const colorScheme of ['light', 'dark']) shots.push(...(await shootAll(what, width, colorScheme)));
  writeFileSync(join(folder, 'index.html'), index(shots));
  console.log(`${shots.length} pictures: ${join(folder, 'index.html')}`);
} finally {
  service.kill('SIGTERM');
  await new Promise((resolve) => service.once('exit', resolve));
  removeEmbedded(dataDir);
}
