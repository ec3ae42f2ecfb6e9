import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { lintEditionLetter, lintLetter } from './support/lint-letter.js';
import { addReaders } from './support/readers.js';
import { startService, type Service } from './support/service.js';

const list = '/api/v1/lists/daily-news-brief';
const green = '#0b5d3b';
const house = '#8f1a1d';

let service: Service;

async function ask(path: string, method = 'GET', body?: object) {
  const response = await service.api(path, { method, ...(body && { body }) });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown>, text };
}

const page = async (path: string) => (await fetch(service.baseUrl + path)).text();

async function confirmationTo(email: string) {
  await fetch(`${service.baseUrl}/subscribe`, { method: 'POST', body: new URLSearchParams({ email }) });
  return service.mailbox.waitForLetter(email);
}

beforeAll(async () => {
  service = await startService();
});

describe('a list’s brand', () => {
  it('is the house’s until somebody sets one', async () => {
    const { html } = await confirmationTo('before@example.org');
    expect(html).toContain(house);
    expect(await page('/')).not.toContain('brand.css');
  });

  it('is refused where it could not be read, with the contrast that was found', async () => {
    const pale = await ask(list, 'PATCH', { brand: { accent: '#d9a441' } });
    expect(pale.status).toBe(422);
    expect(pale.text).toMatch(/brand\.accent.*contrast of 1\.\d\d to 1.*darker/s);
    const dim = await ask(list, 'PATCH', { brand: { accent: green, accentDark: green } });
    expect(dim.text).toMatch(/brand\.accentDark.*lighter/s);
    expect((await ask(list, 'PATCH', { brand: { accent: 'red' } })).text).toContain('#8f1a1d');
    expect((await ask(list, 'PATCH', { replyTo: 'two@example.org, more@example.org' })).status).toBe(422);
    expect((await ask(list)).body.brand).toMatchObject({ accent: null, footer: '' });
  });

  it('shows in letters and on pages: colours, footer, logo, where answers go', async () => {
    const changed = await ask(list, 'PATCH', {
      brand: { accent: green.toUpperCase(), footer: 'Made with care\nby the desk' },
      replyTo: 'Rédaction <desk@example.org>',
    });
    expect(changed.status).toBe(200);
    const bytes = await sharp({ create: { width: 600, height: 200, channels: 4, background: '#0b5d3b80' } })
      .png()
      .toBuffer();
    const set = await ask(`${list}/logo`, 'PUT', { data: bytes.toString('base64') });
    expect([set.status, set.body.logo]).toEqual([200, expect.objectContaining({ width: 216, height: 72 })]);

    const letter = await confirmationTo('after@example.org');
    expect(letter.html).toContain(green);
    expect(letter.html).not.toContain(house);
    expect(letter.html).toMatch(/<img[^>]+alt="Daily news brief"[^>]+width="216"/);
    expect(letter.html).toContain('Made with care<br>by the desk');
    expect(letter.text).toContain('Made with care\nby the desk');
    expect(letter.source).toMatch(/^Reply-To: =\?UTF-8\?/m);
    expect(letter.source).toMatch(/<desk@example\.org>/);
    expect(lintLetter(Buffer.from(letter.source))).toEqual([]);

    const home = await page('/');
    const [sheet] = /\/lists\/daily-news-brief\/brand\.css\?v=\w+/.exec(home)!;
    expect(await page(sheet!)).toContain(`--accent: ${green}`);
    const [logo] = /\/pictures\/\w+\.png/.exec(home)!;
    const picture = await fetch(service.baseUrl + logo!);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('keeps what a change leaves out, and a logo can go again', async () => {
    await ask(list, 'PATCH', { brand: { footer: '' } });
    expect((await ask(list)).body.brand).toMatchObject({ accent: green, footer: '', logo: { height: 72 } });
    expect((await ask(`${list}/logo`, 'PUT', { data: Buffer.from('no picture').toString('base64') })).text).toMatch(
      /data.*is not a picture/s,
    );
    expect((await ask(`${list}/logo`, 'DELETE')).status).toBe(204);
    expect(await page('/')).not.toContain('.png');
    expect((await ask('/api/v1/lists/none/logo', 'DELETE')).status).toBe(404);
  });
});

describe('a list’s own template', () => {
  const smallest = /```mjml\n([\s\S]*?)```/.exec(readFileSync('docs/TEMPLATES.md', 'utf8'))![1]!;
  const mine = smallest.replace('<h1>', '<h1>Our own: ');
  const template = `${list}/template`;

  it('is refused while it lacks what a letter must have, with what to mend', async () => {
    expect((await ask(template)).status).toBe(404);
    const bare = await ask(template, 'PUT', { mjml: smallest.replace(/<p>\{% for link.*?<\/p>/, '') });
    expect([bare.status, bare.text]).toEqual([422, expect.stringContaining('no link to unsubscribe')]);
    expect((await ask(`${template}/publish`, 'POST')).status).toBe(409);
  });

  it('is looked at as a draft, and reaches readers once it is published', async () => {
    expect((await ask(template, 'PUT', { mjml: mine })).status).toBe(200);
    const preview = await service.api(`${template}/preview`);
    expect(await preview.text()).toContain('Our own: Daily news brief');
    expect(preview.headers.get('content-security-policy')).toContain('sandbox');

    await addReaders(service, ['one@example.org']);
    const send = async () => {
      await ask('/api/v1/editions', 'POST', { list: 'daily-news-brief' });
      return service.mailbox.waitForLetters('one@example.org', { timeoutMs: 60_000 });
    };
    const [before] = await send();
    expect(before!.html).not.toContain('Our own');
    expect((await ask(`${template}/publish`, 'POST')).body).toMatchObject({ draft: null, live: mine, problem: null });
    await ask('/api/v1/editions', 'POST', { list: 'daily-news-brief', again: true });
    const letters = await service.mailbox.waitForLetters('one@example.org', { count: 2, timeoutMs: 60_000 });
    expect(letters.at(-1)!.html).toContain('Our own: Daily news brief');
    expect(letters.at(-1)!.source).toMatch(/^Reply-To: .*desk@example\.org/m);
    expect(lintEditionLetter(Buffer.from(letters.at(-1)!.source))).toEqual([]);
    expect((await ask(template, 'DELETE')).status).toBe(204);
  }, 150_000);
});
