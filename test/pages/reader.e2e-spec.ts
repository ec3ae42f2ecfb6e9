import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openBrowser } from '../support/browser.js';
import { startService, type Service } from '../support/service.js';
import { Tab } from '../support/tab.js';
import { until } from '../support/until.js';
import { faultsOf } from '../support/valid-html.js';

/** What a reader does, from the box to leaving, with a mouse on a desktop or a thumb on a phone, with JavaScript and without. */
let service: Service;
let db: pg.Client;

beforeAll(async () => {
  service = await startService({ env: { CONFIRMATION_PAUSE: '0', CONFIRMATIONS_PER_DAY: '50' } });
  await service.api('/api/v1/lists', {
    method: 'POST',
    body: {
      ...{
        slug: 'weekend',
        name: 'Le week-end',
        tagline: 'À lire',
        locale: 'fr',
        timeZone: 'Europe/Paris',
        localTime: '09:00',
      },
      ...{ weekdays: [6], sections: ['World'], postalAddress: 'Rue 1' },
    },
  });
  await until(
    'the sample',
    20_000,
    async () => (await (await fetch(service.baseUrl)).text()).includes('headline') || undefined,
  );
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
});

afterAll(() => db?.end());

const row = async (address: string) =>
  (
    await db.query<Record<string, unknown>>(
      `select s.state, s.sections, s.paused_until is not null as pausing, to_char(c.local_time, 'HH24:MI') as time, c.time_zone as zone, c.weekdays, r.locale
         from subscription s join subscriber r on r.id = s.subscriber_id join list l on l.id = s.list_id join schedule c on c.id = s.schedule_id
        where r.address = $1 and l.slug = 'daily-news-brief'`,
      [address],
    )
  ).rows[0];

const linkIn = (text: string, path: string) => new RegExp(`/${path}/[\\w.-]+`).exec(text)![0];

describe.each([
  { js: true, width: 1280, lang: 'en', colorScheme: 'dark' },
  { js: false, width: 375, lang: 'en', colorScheme: 'light' },
  { js: true, width: 375, lang: 'ar', colorScheme: 'light' },
  { js: false, width: 1280, lang: 'ar', colorScheme: 'dark' },
] as const)('with JavaScript: $js, $width px wide, in $lang', ({ js, width, lang, colorScheme }) => {
  const address = `reader.${js}.${width}.${lang}@example.org`;
  let tab: Tab;
  let confirm: string;
  let preferences: string;
  let unsubscribe: string;

  beforeAll(async () => {
    const context = await (
      await openBrowser()
    ).newContext({
      ...{ javaScriptEnabled: js, locale: lang, timezoneId: 'Asia/Tokyo', colorScheme },
      viewport: { width, height: 800 },
    });
    tab = new Tab(await context.newPage(), service.baseUrl, lang, js);
  });

  afterAll(async () => {
    expect(await tab.page.context().cookies()).toEqual([]);
    await tab.page.context().close();
  });

  it('signs up: a slip is told, the zone is guessed, the letter can be had again', async () => {
    await tab.open('/lists/daily-news-brief');
    await tab.page.fill('#email', 'reader');
    await tab.press({}, 422);
    expect(await tab.page.locator('#email').inputValue()).toBe('reader');
    await tab.page.fill('#email', address);
    await tab.press();
    expect(await tab.page.locator('.facts').innerText()).toContain(address);
    await tab.press({ again: 'yes' });
    await service.mailbox.waitForLetters(address, { count: 2 });
    expect(await row(address)).toMatchObject({
      state: 'pending',
      zone: js ? 'Asia/Tokyo' : 'Europe/Paris',
      locale: lang,
    });
  });

  it('confirms with one button, and is told when the first letter comes', async () => {
    const [letter] = await service.mailbox.letters(address);
    confirm = linkIn(letter!.text, 'confirm');
    await tab.open(confirm);
    expect((await row(address))!.state).toBe('pending');
    await tab.press();
    expect(await tab.page.locator('.facts dd').innerText()).toMatch(/07:00/);
    await tab.page.click('.ways .button');
    await tab.page.waitForURL('**/preferences/**');
  });

  it('chooses hour, days and sections, and reads what that means', async () => {
    const letters = await service.mailbox.waitForLetters(address, { count: 3 });
    const welcome = letters.find(({ text }) => text.includes('/unsubscribe/'))!;
    preferences = linkIn(welcome.text, 'preferences');
    unsubscribe = linkIn(welcome.text, 'unsubscribe');
    await tab.open(preferences);
    await tab.page.fill('[name="localTime:daily-news-brief"]', '06:45');
    await tab.page.selectOption('[name="timeZone:daily-news-brief"]', 'America/New_York');
    await tab.page.check('[value=weekly]');
    await tab.page.selectOption('[name="day:daily-news-brief"]', '6');
    await tab.page.uncheck('[value=Climate]');
    if (js) {
      const asked = tab.page.waitForEvent('dialog');
      void tab.page.close({ runBeforeUnload: true });
      const dialog = await asked;
      expect(dialog.type()).toBe('beforeunload');
      await dialog.dismiss();
    }
    await tab.choose('save');
    expect(await tab.said()).toMatch(/06:45/);
    expect(await row(address)).toMatchObject({ time: '06:45', zone: 'America/New_York', weekdays: [6] });
    expect((await row(address))!.sections).not.toContain('Climate');
  });

  it('pauses until a day, comes back, and joins another list', async () => {
    await tab.page.fill('[name="until:daily-news-brief"]', '2001-01-01');
    await tab.page.locator('[name="until:daily-news-brief"]').evaluate((input) => input.removeAttribute('min'));
    await tab.choose('pause:daily-news-brief', 422);
    expect((await row(address))!.state).toBe('active');
    await tab.open(preferences);
    await tab.choose('pause:daily-news-brief');
    expect(await row(address)).toMatchObject({ state: 'paused', pausing: true });
    await tab.choose('resume:daily-news-brief');
    expect((await row(address))!.state).toBe('active');
    await tab.choose('join:weekend');
    expect(await tab.said()).toContain('09:00');
  });

  it('leaves from the preferences, and takes it back', async () => {
    await tab.choose('leave:daily-news-brief');
    expect((await row(address))!.state).toBe('ended');
    await tab.choose('undo:daily-news-brief');
    expect((await row(address))!.state).toBe('active');
  });

  it('finds fewer letters beside the way out, and the way out at once', async () => {
    await tab.open(unsubscribe);
    await tab.press({ do: 'weekdays' });
    expect(await row(address)).toMatchObject({ state: 'active', weekdays: [1, 2, 3, 4, 5] });
    await tab.open(unsubscribe);
    await tab.press();
    expect((await row(address))!.state).toBe('ended');
    await tab.page.check('[value="too often"]');
    await tab.press({ do: 'reason' });
    await tab.press({ do: 'undo' });
    expect((await row(address))!.state).toBe('active');
    await tab.open(unsubscribe);
    await tab.press({ do: 'leave all' });
    const { rows } = await db.query(
      `select distinct s.state from subscription s join subscriber r on r.id = s.subscriber_id where r.address = $1`,
      [address],
    );
    expect(rows).toEqual([{ state: 'ended' }]);
    await tab.press({ do: 'undo' });
    expect((await row(address))!.state).toBe('active');
  });

  it('reads the story, and a page that is not there', async () => {
    const home = await (await fetch(`${service.baseUrl}/`)).text();
    await tab.open(/\/articles\/iraq[\w-]*/.exec(home)![0]);
    await tab.open('/');
    await tab.open('/archive');
    await tab.open('/lists/daily-news-brief/embed');
    await tab.open('/lists/daily-news-brief/box');
    expect(tab.errors.filter((error) => !error.includes('422'))).toEqual([]);
    const answer = await tab.page.goto(`${service.baseUrl}/articles/nothing`);
    expect(answer!.status()).toBe(404);
    expect(await faultsOf(await answer!.text())).toEqual([]);
    await tab.lookWithAxe();
  });
});

describe('by keyboard alone', () => {
  it('the box can be reached, opened, filled in and sent, and what has the focus is seen', async () => {
    const page = await (await openBrowser()).newPage({ locale: 'en-GB' });
    await page.goto(service.baseUrl);
    const focused = () =>
      page.evaluate(() => {
        const { id, localName, textContent } = document.activeElement!;
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!);
        return {
          name: id || localName,
          text: textContent!.trim(),
          seen: outlineStyle !== 'none' && outlineWidth !== '0px',
        };
      });
    const tabTo = async (name: string) => {
      for (let n = 0; n < 30; n += 1) {
        await page.keyboard.press('Tab');
        const now = await focused();
        expect(now).toMatchObject({ seen: true });
        if (now.name === name) return;
      }
      throw new Error(`${name} is not reached`);
    };
    await page.keyboard.press('Tab');
    expect(await focused()).toMatchObject({ text: 'Skip to main content', seen: true });
    await page.keyboard.press('Enter');
    await tabTo('email');
    await page.keyboard.type('keys@example.org');
    await tabTo('summary');
    await page.keyboard.press('Enter');
    await tabTo('locale');
    await page.keyboard.type('Fran');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('Tok');
    await tabTo('locale');
    await page.focus('#email');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).getByText('Regardez votre boîte').waitFor();
    expect(await row('keys@example.org')).toMatchObject({ locale: 'fr', zone: 'Asia/Tokyo' });
    await page.close();
  });
});
