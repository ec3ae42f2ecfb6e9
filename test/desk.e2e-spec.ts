import { AxeBuilder } from '@axe-core/playwright';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { deskUrl, signInAtDesk } from './support/at-desk.js';
import { untilSeeded } from './support/editions.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

/** An hour to come, on whatever date that is: its issue is made of the stories at hand. Each test has a list of its own. */
const due = Temporal.Now.zonedDateTimeISO('UTC').add({ hours: 2 });
const date = due.toPlainDate();
const path = (list: number, days = 0) => `/desk/desk-${list}/${date.add({ days }).toString()}`;
const lists = 10;

let service: Service;

beforeAll(async () => {
  service = await startService();
  await untilSeeded(service);
  const hour = { timeZone: 'UTC', localTime: due.toPlainTime().toString().slice(0, 5), minStories: 1 };
  for (let n = 0; n < lists; n += 1) {
    const body = { slug: `desk-${n}`, name: `Desk ${n}`, ...hour };
    expect((await service.api('/api/v1/lists', { method: 'POST', body })).status).toBe(201);
  }
});

async function makeKey(owner: string, scopes: string[]): Promise<{ id: string; key: string }> {
  const response = await service.api('/api/v1/keys', { method: 'POST', body: { owner, scopes } });
  return (await response.json()) as { id: string; key: string };
}

const base = () => deskUrl(service);
const signIn = (key: string, list: number, options?: Parameters<typeof signInAtDesk>[3]) =>
  signInAtDesk(service, key, path(list), options);

const titles = (page: Page) => page.locator('.desk-edition .desk-story h3').allTextContents();
const rundown = async (list: number) =>
  (await (await service.api(`/api/v1/lists/desk-${list}/issues/${date.toString()}/rundown`)).json()) as Record<
    string,
    unknown
  > & { pins: string[]; drops: string[]; lines: object[] };

describe('the desk', () => {
  it.each([
    ['with its script', true, { width: 1280, height: 900 }],
    ['without a script, on a phone', false, { width: 375, height: 800 }],
  ])(
    'moves, drops, rewrites and saves, %s',
    async (_how, javaScriptEnabled, viewport) => {
      const list = javaScriptEnabled ? 0 : 1;
      const { key } = await makeKey('Anna', ['edit']);
      const page = await signIn(key, list, { javaScriptEnabled, viewport });
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
      expect(await rundown(list)).toMatchObject({
        subject: 'Words of the desk',
        editedBy: 'Anna',
        lines: [{ title: 'In other words' }],
      });
      expect((await rundown(list)).drops).toHaveLength(1);

      const letter = await page.context().request.get(`${base()}${path(list)}/letter`);
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
    await service.api('/api/v1/lists/desk-4', { method: 'PATCH', body: { approval: 'second person' } });
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
    await service.api('/api/v1/lists/desk-4', { method: 'PATCH', body: { approval: 'none' } });
  }, 60_000);

  it.each([
    ['with its script', true],
    ['without a script', false],
  ])(
    'saves what was typed on the way to another day, and before a proof, %s',
    async (_how, javaScriptEnabled) => {
      const list = javaScriptEnabled ? 8 : 9;
      const page = await signIn((await makeKey('Anna', ['edit', 'approve'])).key, list, { javaScriptEnabled });
      await page.fill('#subject', 'Typed and not saved');
      await page.fill('#addresses', `desk-${list}@example.org`);
      await page.getByRole('button', { name: 'The day after' }).click();
      await page.waitForURL(`**${path(list, 1)}`);
      expect(await rundown(list)).toMatchObject({ subject: 'Typed and not saved', version: 1 });
      await page.getByRole('button', { name: 'The day before' }).click();
      await page.waitForURL(`**${path(list)}`);
      expect(await page.inputValue('#subject')).toBe('Typed and not saved');
      expect((await rundown(list)).version).toBe(1);

      await page.fill('#subject', 'Typed again');
      await page.fill('#addresses', `desk-${list}@example.org`);
      await page.getByRole('button', { name: 'Mail a proof' }).click();
      await page.getByText('A proof is on its way.').waitFor();
      const [letter] = await service.mailbox.waitForLetters(`desk-${list}@example.org`);
      expect(letter!.subject).toBe('[proof] Typed again');
      await page.fill('#addresses', 'half@exam');
      await page.locator('.desk-edition .desk-story').nth(0).getByRole('button', { name: /^Drop/ }).click();
      await page.getByText('Saved.').waitFor();
      expect(await page.inputValue('#addresses')).toBe('half@exam');
      await page.context().close();
    },
    60_000,
  );

  it('approves no words that are not saved, and keeps them', async () => {
    const anna = await signIn((await makeKey('Anna', ['edit'])).key, 7);
    await anna.locator('.desk-presses button').first().click();
    await anna.getByText('Saved.').waitFor();
    const omar = await signIn((await makeKey('Omar', ['edit', 'approve'])).key, 7);
    await omar.fill('#subject', 'Omar’s subject');
    await omar.getByRole('button', { name: 'Approve' }).click();
    await omar.getByText('Save them, then approve.').waitFor();
    expect(await omar.inputValue('#subject')).toBe('Omar’s subject');
    expect(await rundown(7)).toMatchObject({ subject: null, approved: null });
    await anna.context().close();
    await omar.context().close();
  }, 60_000);

  it('asks before words are lost, and not after they are saved', async () => {
    const page = await signIn((await makeKey('Anna', ['edit'])).key, 7);
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await page.locator('#subject').pressSequentially('Half a subj');
    await page.goto(`${base()}/desk`);
    expect(asked).toEqual(['beforeunload']);
    await page.goto(base() + path(7));
    await page.locator('#subject').pressSequentially('Whole');
    await page.locator('.desk-presses button').first().click();
    await page.getByText('Saved.').waitFor();
    await page.goto(`${base()}/desk`);
    expect(asked).toHaveLength(1);
    await page.context().close();
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
        const page = await signIn(key, 6, { locale, colorScheme });
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
