import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import type { ReceivedLetter } from './support/mailbox.js';
import { addReaders, offsetToMorning, pushArticles } from './support/readers.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

const reader = 'first.reader@example.org';
const other = 'second.reader@example.org';

const linkIn = (letter: ReceivedLetter, path: string) =>
  new RegExp(`http://localhost:\\d+/${path}/[\\w.-]+`).exec(letter.text)![0];

/** Serves pages and mailbox; ticks and workers run beside it, one after the other, each on a clock of its own. */
let desk: Service;
let today: Service;
let page: Page;

/** Letters link to PUBLIC_URL; the browser goes to where this instance listens. */
const reachable = (url: string) => desk.baseUrl + new URL(url).pathname;

async function morning(days: number, work: (instance: Service) => Promise<void>): Promise<void> {
  const instance = await startService({
    beside: desk,
    env: { CLOCK_OFFSET: await offsetToMorning(desk, days), SEED: 'none' },
  });
  await work(instance);
  await instance.stop();
}

const editionDone = (instance: Service, localDate?: string) =>
  until('the morning edition to be done', 30_000, async () => {
    const { items } = (await (await instance.api('/api/v1/editions?state=done')).json()) as {
      items: { kind: string; localDate: string; counts: Record<string, number> }[];
    };
    return items.find((edition) => edition.kind === 'morning' && (!localDate || edition.localDate === localDate));
  });

beforeAll(async () => {
  desk = await startService({ env: { ROLES: 'web' } });
  today = await startService({ beside: desk, env: { ROLES: 'worker,clock', SEED: 'none' }, ready: false });
  page = await (await openBrowser()).newPage({ timezoneId: 'Europe/Paris' }); // as the list's: one morning for both
});

describe('from the sign-up box to the morning brief', () => {
  let welcome: ReceivedLetter;

  it('takes an address in the box and sends a confirmation letter', async () => {
    await page.goto(`${desk.baseUrl}/`);
    await page.fill('form.box >> nth=0 >> input[name=email]', ` ${reader.toUpperCase()} `);
    await page.click('form.box >> nth=0 >> button');
    expect(page.url()).toBe(`${desk.baseUrl}/subscribe`);
    const letter = await desk.mailbox.waitForLetter(reader, { subject: 'confirm' });
    expect(letter.headers).not.toHaveProperty('list-unsubscribe');
    expect(letter.headers['form-sub']).toMatch(/^v=1; ip=/);

    await page.goto(reachable(linkIn(letter, 'confirm')));
    expect(await desk.mailbox.letters(reader)).toHaveLength(1);
    await page.click('main form button');
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('welcomes the reader with the latest edition, once', async () => {
    const [letter] = await desk.mailbox.waitForLetters(reader, { count: 1, subject: /Iraq|Ashraf/ });
    welcome = letter!;
    expect(welcome.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    // The id names the delivery: a reader who returns the same day had this edition's morning letter, whose id ends before the word.
    expect(welcome.headers['message-id']).toMatch(/^<e\d+\.s\d+\.welcome@/);
    expect(welcome.text).toContain('Human Rights Watch');
    expect(welcome.html).toContain('Human Rights Watch');
  });

  it('shows a page for every link of the letter', async () => {
    const links = [...new Set(welcome.html.match(/http:\/\/localhost:\d+\/[^"\s]*/g))].map((url) =>
      url.replaceAll('&amp;', '&'),
    );
    expect(links.length).toBeGreaterThan(6);
    for (const link of links) {
      const response = await page.goto(reachable(link));
      expect([link, response!.status()]).toEqual([link, 200]);
    }
  });

  it('sends one letter the next morning, with nothing the reader has had', async () => {
    await today.stop();
    await morning(0, async (instance) => {
      await pushArticles(instance, ['A bridge opens over the strait', 'A vote ends in a draw']);
      const edition = await editionDone(instance);
      expect(edition.counts).toEqual({ accepted: 1 });
    });
    const letters = await desk.mailbox.letters(reader);
    expect(letters).toHaveLength(3);
    const [letter] = letters.filter(({ subject }) => !/confirm|Iraq/.test(subject));
    expect(letter!.text).not.toContain('Human Rights Watch');
  });

  it('sends nothing more after the one-click POST', async () => {
    const link = /<(http[^>]+)>/.exec(welcome.headers['list-unsubscribe']!)![1]!;
    const oneClick = () =>
      fetch(reachable(link), {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        redirect: 'manual',
      });
    expect((await fetch(reachable(link))).status).toBe(200);
    expect((await oneClick()).status).toBe(200);
    expect((await oneClick()).status).toBe(200);
    await addReaders(desk, [other]);
    await morning(1, async (instance) => {
      await pushArticles(instance, [
        'A river changes its course',
        'A harvest comes in early',
        'A satellite falls silent',
      ]);
      await desk.mailbox.waitForLetters(other, { timeoutMs: 30_000 });
    });
    const after = (await desk.mailbox.letters(reader)).map(({ subject }) => subject);
    expect(after.filter((subject) => !subject.includes('You have left'))).toHaveLength(3);
    expect(after).toHaveLength(4);
  });
});
