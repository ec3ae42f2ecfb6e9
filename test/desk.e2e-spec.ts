import { AxeBuilder } from '@axe-core/playwright';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { deskScopes, verbOf } from '../src/admin/desk/desk-action.js';
import { openBrowser } from './support/browser.js';
import { untilSeeded } from './support/editions.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

const date = Temporal.Now.zonedDateTimeISO('Europe/Paris').toPlainDate().add({ days: 1 });
const path = (days: number) => `/desk/daily-news-brief/${date.add({ days }).toString()}`;

let service: Service;

beforeAll(async () => {
  service = await startService();
  await untilSeeded(service);
});

async function makeKey(owner: string, scopes: string[]): Promise<{ id: string; key: string }> {
  const response = await service.api('/api/v1/keys', { method: 'POST', body: { owner, scopes } });
  return (await response.json()) as { id: string; key: string };
}

/** Cookies of `__Host-` want a secure place: localhost is one, 127.0.0.1 in plain http is not. */
const base = () => service.baseUrl.replace('127.0.0.1', 'localhost');

async function signIn(
  key: string,
  days: number,
  options: Parameters<Awaited<ReturnType<typeof openBrowser>>['newContext']>[0] = {},
) {
  const context: BrowserContext = await (
    await openBrowser()
  ).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(base() + path(days));
  await page.fill('#key', key);
  await page.click('main button');
  expect(new URL(page.url()).pathname).toBe(path(days));
  return page;
}

const titles = (page: Page) => page.locator('.desk-edition .desk-story h3').allTextContents();
const rundown = async (days: number) =>
  (await (
    await service.api(`/api/v1/lists/daily-news-brief/issues/${date.add({ days }).toString()}/rundown`)
  ).json()) as Record<string, unknown> & { pins: string[]; drops: string[]; lines: object[] };

describe('the desk', () => {
  it.each([
    ['with its script', true, { width: 1280, height: 900 }],
    ['without a script, on a phone', false, { width: 375, height: 800 }],
  ])(
    'moves, drops, rewrites and saves, %s',
    async (_how, javaScriptEnabled, viewport) => {
      const days = javaScriptEnabled ? 0 : 1;
      const { key } = await makeKey('Anna', ['edit']);
      const page = await signIn(key, days, { javaScriptEnabled, viewport });
      const before = await titles(page);
      await page.locator('.desk-edition .desk-story').nth(2).locator('[data-move=up]').click();
      await page.getByText('Saved.').waitFor();
      expect(await titles(page)).toEqual([before[0], before[2], before[1], ...before.slice(3)]);

      await page.locator('.desk-edition .desk-story').nth(0).getByRole('button', { name: /^Drop/ }).click();
      await page.locator('.desk-edition .desk-story').nth(0).getByText(before[2]!).waitFor();
      await page.fill('#subject', 'Words of the desk');
      await page.locator('.desk-edition .desk-story').nth(0).getByText('Rewrite').click();
      await page.locator('.desk-edition .desk-story').nth(0).locator('input').fill('In other words');
      await page.locator('.desk-presses button').first().click();
      await page.getByRole('heading', { name: 'In other words' }).waitFor();
      expect(await rundown(days)).toMatchObject({
        subject: 'Words of the desk',
        editedBy: 'Anna',
        lines: [{ title: 'In other words' }],
      });
      expect((await rundown(days)).drops).toHaveLength(1);

      const letter = await page.context().request.get(`${base()}${path(days)}/letter`);
      expect(await letter.text()).toContain('In other words');
      await page.context().close();
    },
    90_000,
  );

  it('moves a story by keys, and keeps the focus on it', async () => {
    const page = await signIn((await makeKey('Anna', ['edit'])).key, 2);
    const before = await titles(page);
    await page.locator('.desk-edition .desk-story').nth(1).locator('[data-move=down]').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByText('Saved.').waitFor();
    expect((await titles(page)).slice(0, 2)).toEqual([before[1], before[0]]);
    const focused = await page.evaluate(
      () => document.activeElement?.closest('.desk-story')?.querySelector('h3')?.textContent,
    );
    expect(focused).toBe(before[1]);
    await page.context().close();
  }, 60_000);

  it('tells the second editor what changed, and keeps what they typed', async () => {
    const anna = await signIn((await makeKey('Anna', ['edit'])).key, 3);
    const omar = await signIn((await makeKey('Omar', ['edit'])).key, 3);
    await anna.fill('#subject', 'Anna’s subject');
    await anna.locator('.desk-presses button').first().click();
    await anna.getByText('Saved.').waitFor();
    await omar.fill('#note', 'Omar’s note');
    await omar.locator('.desk-presses button').first().click();
    await omar.getByText('Anna was faster').waitFor();
    expect(await omar.locator('#note').inputValue()).toBe('Omar’s note');
    expect(await rundown(3)).toMatchObject({ subject: 'Anna’s subject', note: null, version: 1 });
    await anna.context().close();
    await omar.context().close();
  }, 60_000);

  it('mails a proof to the given addresses, and lets a second person approve', async () => {
    await service.api('/api/v1/lists/daily-news-brief', { method: 'PATCH', body: { approval: 'second person' } });
    const anna = await signIn((await makeKey('Anna', ['edit', 'approve'])).key, 4);
    await anna.fill('#addresses', 'desk@example.org');
    await anna.getByRole('button', { name: 'Mail a proof' }).click();
    await anna.getByText('A proof is on its way.').waitFor();
    expect((await service.mailbox.waitForLetters('desk@example.org'))[0]!.subject).toMatch(/^\[proof\]/);
    await anna.locator('.desk-presses button').first().click();
    await anna.getByText('Saved.').waitFor();
    expect(await anna.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    const omar = await signIn((await makeKey('Omar', ['approve'])).key, 4);
    await omar.getByRole('button', { name: 'Approve' }).click();
    await omar.getByText('Omar approved it.').waitFor();
    await anna.context().close();
    await omar.context().close();
    await service.api('/api/v1/lists/daily-news-brief', { method: 'PATCH', body: { approval: 'none' } });
  }, 60_000);

  it('opens to nobody else: a wrong key, a revoked one, a form of another site, a key without the scope', async () => {
    const { id, key } = await makeKey('Anna', ['edit']);
    const page = await signIn(key, 5);
    const [{ name, value }] = (await page.context().cookies()) as unknown as [{ name: string; value: string }];
    expect(name).toBe('__Host-desk');
    const post = (origin: string, cookie = value) =>
      fetch(service.baseUrl + path(5), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: `${name}=${cookie}`, origin },
        body: new URLSearchParams({ do: 'hold', version: '0' }),
      });
    expect((await post('https://elsewhere.example')).status).toBe(303);
    expect((await post(service.baseUrl, `${value}x`)).status).toBe(303);
    expect((await rundown(5)).version).toBe(0);
    expect((await post(service.baseUrl)).status).toBe(200);
    await service.api(`/api/v1/keys/${id}`, { method: 'DELETE' });
    expect((await post(service.baseUrl)).status).toBe(303);

    const reading = await signIn((await makeKey('Lee', ['read'])).key, 6);
    await reading.locator('.desk-presses button').first().click();
    await reading.getByText('It needs the scope edit.').waitFor();
    expect((await rundown(6)).version).toBe(0);

    await page.goto(`${base()}/desk/sign-in`);
    await page.fill('#key', 'not a key');
    await page.click('main button');
    await page.getByText('This key does not open the desk').waitFor();
    await page.context().close();
    await reading.context().close();
  }, 60_000);

  it.each(['en', 'ar'])(
    'gives axe nothing to find in %s, in light and dark',
    async (locale) => {
      const { key } = await makeKey('Anna', ['edit', 'approve']);
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await signIn(key, 7, { locale, colorScheme });
        await page.locator('summary').first().click();
        const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
        expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
          [],
        );
        await page.context().close();
      }
    },
    60_000,
  );

  it('writes down who pressed', async () => {
    const { items } = (await (await service.api('/api/v1/audit?limit=100')).json()) as {
      items: { route: string; target: string }[];
    };
    expect(items.map(({ route }) => route)).toContain('/desk/:slug/:date');
  });

  it('rehearses an issue and shows what came of it', async () => {
    const { key } = await makeKey('Rosa', ['edit']);
    const page = await signIn(key, 1);
    await page.getByRole('button', { name: 'Rehearse it' }).click();
    await page.getByText('The rehearsal is under way').waitFor();
    await until('the rehearsal to have an end', 60_000, async () => {
      await page.goto(base() + path(1));
      const light = await page.locator('.desk-rehearsal .light').textContent();
      return light !== 'under way' ? true : undefined;
    });
    expect(await page.locator('.desk-rehearsal .light').textContent()).toBe('green');
    expect(await page.locator('.desk-rehearsal').textContent()).toMatch(/one letter|different letters/);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
});

/** One editor at the desk without a browser: what each button answers, and what the audit says of it. */
describe('a button of the desk', () => {
  const day = () => `${base()}${path(8)}`;

  async function cookieOf(key: string): Promise<string> {
    const headers = { origin: base(), 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ key });
    const answer = await fetch(`${base()}/desk/sign-in`, { method: 'POST', headers, body, redirect: 'manual' });
    return answer.headers.get('set-cookie')!.split(';')[0]!;
  }

  async function press(cookie: string, button: string, fields: Record<string, string> = {}): Promise<number> {
    const headers = { origin: base(), cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ do: button, version: '0', ...fields });
    return (await fetch(day(), { method: 'POST', headers, body, redirect: 'manual' })).status;
  }

  const argumentsOf: Record<string, string> = { to: ':1:0', pin: ':1', unpin: ':1', drop: ':1', restore: ':1' };
  const buttons = Object.keys(deskScopes).map((verb) => `${verb}${argumentsOf[verb] ?? ''}`);

  it.each(['read', 'edit', 'approve'])(
    'is refused to a key of scope %s unless the table says otherwise',
    async (held) => {
      const { id, key } = await makeKey(`${held} only`, [held]);
      const cookie = await cookieOf(key);
      for (const button of buttons) {
        const status = await press(cookie, button, { addresses: 'desk@example.org' });
        const may = held === deskScopes[verbOf(button)!];
        expect([button, status === 403]).toEqual([button, !may]);
      }
      const { items } = (await (await service.api(`/api/v1/audit?key=${id}&limit=100`)).json()) as {
        items: { action: string | null; status: number }[];
      };
      const pressed = items.filter(({ action }) => action !== null);
      expect(pressed.map(({ action }) => action).reverse()).toEqual(Object.keys(deskScopes));
    },
  );

  it('that is none is refused', async () => {
    const cookie = await cookieOf((await makeKey('Eve', ['edit'])).key);
    expect(await press(cookie, 'constructor')).toBe(422);
    expect(await press(cookie, 'to:1')).toBe(422);
  });

  it('mails a hundred proofs an hour for each key, and no more', async () => {
    const cookie = await cookieOf((await makeKey('Max', ['edit'])).key);
    const addresses = (round: number) => Array.from({ length: 20 }, (_, n) => `p${round}-${n}@example.org`).join(' ');
    const statuses = [];
    for (let round = 0; round < 6; round += 1)
      statuses.push(await press(cookie, 'proof', { addresses: addresses(round) }));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

describe('what an import may not do with a key that may edit', () => {
  it('no other way does: attesting consent, lifting a complaint', async () => {
    const { key } = await makeKey('Pia', ['edit']);
    const as = (path: string, method: string, body?: object) =>
      service.api(`/api/v1${path}`, { method, body, headers: { authorization: `Bearer ${key}` } });
    const consent = { source: 'a form', at: '2026-01-01T00:00:00Z' };
    expect((await as('/subscribers', 'POST', { address: 'door@example.org', confirmed: true, consent })).status).toBe(
      403,
    );
    expect((await as('/subscribers', 'POST', { address: 'door@example.org' })).status).toBe(201);
    for (const [address, reason] of [
      ['angry@example.org', 'complaint'],
      ['full@example.org', 'bounce'],
    ])
      await service.api('/api/v1/suppressions', { method: 'POST', body: { address, reason } });
    expect((await as('/suppressions/angry@example.org', 'DELETE')).status).toBe(403);
    expect((await as('/suppressions/full@example.org', 'DELETE')).status).toBe(204);
    expect((await as('/suppressions/nobody@example.org', 'DELETE')).status).toBe(404);
    expect((await service.api('/api/v1/suppressions/angry@example.org', { method: 'DELETE' })).status).toBe(204);
  });

  it('lifts the suppression of the longest address there can be', async () => {
    const address = `${'l'.repeat(64)}@${'d'.repeat(60)}.${'e'.repeat(60)}.example`;
    await service.api('/api/v1/suppressions', { method: 'POST', body: { address } });
    expect(
      (await service.api(`/api/v1/suppressions/${encodeURIComponent(address)}`, { method: 'DELETE' })).status,
    ).toBe(204);
    const far = await service.api(`/api/v1/suppressions/${'x'.repeat(2000)}`, { method: 'DELETE' });
    expect([far.status, far.headers.get('allow')]).toEqual([414, null]);
  });
});
