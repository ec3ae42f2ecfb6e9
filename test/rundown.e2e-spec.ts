import { beforeAll, describe, expect, it } from '@jest/globals';
import { longDate, moment } from '../src/locales/dates.js';
import { deskPage } from './support/at-desk.js';
import { runAt } from './support/moved-clock.js';
import { addReaders, pushArticles } from './support/readers.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

const list = '/api/v1/lists/daily-news-brief';
const day = Temporal.Now.zonedDateTimeISO('UTC').toPlainDate().add({ days: 2 });
const issue = (days = 0) => `${list}/issues/${day.add({ days }).toString()}`;
const reader = 'reader@example.org';

type Answer = Record<string, unknown> & {
  items: { id: string; title: string; articleId: string; why: { kind: string }[]; chosen: boolean }[];
};

let desk: Service;
/** Titles to ids. */
const articles: Record<string, string> = {};

async function ask(path: string, method = 'GET', body?: object, key?: string) {
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  const response = await desk.api(path, { method, headers, ...(body && { body }) });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer };
}

const at = (time: string, days: number, work: (instance: Service) => Promise<void>, roles?: string) =>
  runAt(desk, day.add({ days }).toZonedDateTime({ timeZone: 'UTC', plainTime: time }), work, roles);

const write = (days: number, titles: string[]) =>
  at(
    '04:30:00',
    days,
    async (instance) => {
      await pushArticles(instance, titles);
      const { body } = await ask('/api/v1/articles?limit=200');
      for (const { id, title } of body.items) articles[title] = id;
    },
    'web',
  );

const morningOf = (days: number, states: string[]) =>
  until(`the edition of day ${days} to be ${states.join(' or ')}`, 40_000, async () => {
    const { body } = await ask('/api/v1/editions?limit=50');
    const mornings = body.items as unknown as {
      id: string;
      kind: string;
      localDate: string;
      state: string;
      reason: string | null;
      subject: string;
    }[];
    return mornings.find(
      (one) => one.kind === 'morning' && one.localDate === day.add({ days }).toString() && states.includes(one.state),
    );
  });

async function makeKey(owner: string, scopes: string[]): Promise<string> {
  const { body } = await ask('/api/v1/keys', 'POST', { owner, scopes });
  return body.key as string;
}

async function announcementOf(instance: Service, days: number): Promise<string> {
  const { announcement } = (await (await instance.api(`${issue(days)}/rundown`)).json()) as { announcement: string };
  return announcement;
}

const deskOf = (days: number, fields?: Record<string, string>) =>
  deskPage(desk, `/desk/daily-news-brief/${day.add({ days }).toString()}`, fields);

const lettersOf = async (subject: string) =>
  (await desk.mailbox.letters(reader)).filter((letter) => letter.subject === subject);

beforeAll(async () => {
  desk = await startService({ env: { ROLES: 'web' } });
  await ask(list, 'PATCH', { timeZone: 'UTC', localTime: '07:00', minStories: 1, maxStories: 3 });
  await addReaders(desk, [reader]);
});

describe('a rundown', () => {
  it('decides on the morning’s letter: lead, order, drops, lines, note, subject', async () => {
    await write(0, ['A bridge opens', 'A vote ends in a draw', 'A river rises', 'A harvest fails']);
    const written = await ask(`${issue()}/rundown`, 'PUT', {
      version: 0,
      pins: [articles['A river rises'], articles['A bridge opens']],
      drops: [articles['A harvest fails']],
      lines: [{ article: articles['A river rises'], title: 'The river is at the doors' }],
      note: 'We write from the flooded town today.\nStay dry.',
      subject: 'Water at the doors',
      preheader: 'And a bridge that holds',
    });
    expect([written.status, written.body.version]).toEqual([200, 1]);
    expect(written.body.announcement).toContain('07:00 in UTC');

    await at(
      '06:00:00',
      0,
      async (instance) => {
        const { items } = await until('the articles to be in their stories', 20_000, async () => {
          const answer = (await (await instance.api(`${issue()}/candidates`)).json()) as Answer;
          return answer.items.some(({ title }) => title === 'A harvest fails') ? answer : undefined;
        });
        expect(items.slice(0, 2).map(({ title }) => title)).toEqual(['The river is at the doors', 'A bridge opens']);
        const dropped = items.find(({ title }) => title === 'A harvest fails')!;
        expect([dropped.chosen, dropped.why.at(-1)!.kind]).toEqual([false, 'dropped']);
        expect(await announcementOf(instance, 0)).toContain(
          'this issue goes out. As things stand now it has 3 stories',
        );

        const later = await announcementOf(instance, 1);
        expect(later).toContain(
          `What is here now goes out on ${longDate('en', day.toString())} first. As things stand now this issue has no`,
        );
        const pins = [articles['A river rises']];
        expect((await ask(`${issue(1)}/rundown`, 'PUT', { version: 0, pins })).status).toBe(200);
        expect(await announcementOf(instance, 1)).toContain('this issue has no story and needs 1');
        const { items: ofLater } = (await (await instance.api(`${issue(1)}/candidates`)).json()) as Answer;
        const pinned = ofLater.find(({ articleId }) => articleId === articles['A river rises'])!;
        expect([pinned.chosen, pinned.why.at(-1)]).toEqual([
          false,
          { kind: 'had', text: `the issue of ${day.toString()} carries it` },
        ]);
      },
      'web,clock',
    );

    await at('07:00:03', 0, async () => {
      await desk.mailbox.waitForLetters(reader, { subject: 'Water at the doors', timeoutMs: 40_000 });
    });
    const [letter] = await lettersOf('Water at the doors');
    expect(letter!.text).toMatch(/Stay dry[^]*The river is at the doors[^]*A bridge opens/);
    expect(letter!.text).not.toContain('A harvest fails');
    expect(letter!.html).toContain('And a bridge that holds');
    const page = await (await fetch(`${desk.baseUrl}/archive/${day.toString()}`)).text();
    expect(page).toContain('We write from the flooded town today.');
    expect(page).toContain('The river is at the doors');
  }, 120_000);

  it('is too late once the edition is composed', async () => {
    const late = await ask(`${issue()}/rundown`, 'PUT', { version: 1, subject: 'Too late' });
    expect(late.status).toBe(409);
    expect(late.body.detail).toContain('This issue is closed');
    expect((await ask(`${issue()}/candidates`)).body.items).toEqual([]);
  });

  it('is shown at the desk as it went out then, with what became of its emails, and cannot be changed there', async () => {
    await until('the letter to be settled', 20_000, async () =>
      (await deskOf(0)).html.includes('<dt>accepted</dt><dd>1</dd>') ? true : undefined,
    );
    const { html } = await deskOf(0);
    expect(html).toContain('The issue as it went out <span class="count">3</span>');
    expect(html).toMatch(
      /Water at the doors[^]*We write from the flooded town today[^]*The river is at the doors[^]*A bridge opens/,
    );
    expect(html).toMatch(/Left out[^]*A harvest fails[^]*the desk dropped it/);
    expect(html).not.toContain('name="subject"');
    const pressed = await deskOf(0, { do: 'save', version: '1', subject: 'Too late' });
    expect([pressed.status, pressed.html]).toEqual([
      409,
      expect.stringContaining('Nothing was changed: this issue is closed.'),
    ]);
    expect((await ask(`${issue()}/rundown`)).body).toMatchObject({ version: 1, subject: 'Water at the doors' });
    expect((await deskOf(-9)).html).toContain('Nothing went out on this day.');
  }, 60_000);

  it('holds an edition until an editor lets it go, with what is decided by then', async () => {
    await write(1, ['A strike begins', 'A strike ends']);
    await ask(`${issue(1)}/rundown`, 'PUT', { version: 1, hold: true });
    expect((await ask(`${issue(1)}/rundown`)).body.announcement).toMatch(
      /nothing goes out until somebody lets it \(held by/,
    );
    await at('07:00:03', 1, async () => {
      expect((await morningOf(1, ['held'])).reason).toContain('held by');
      const { announcement } = (await ask(`${issue(1)}/rundown`)).body;
      expect(announcement).toContain(`One edition is held`);
      expect(announcement).toContain(
        `After ${moment('en', day.add({ days: 1 }).toZonedDateTime({ timeZone: 'UTC', plainTime: '11:00' }).toInstant(), 'UTC')} it is skipped`,
      );
      expect(
        (
          await ask(`${issue(1)}/rundown`, 'PUT', {
            version: 2,
            pins: [articles['A strike ends']],
            subject: 'Back to work',
          })
        ).status,
      ).toBe(200);
      await desk.mailbox.waitForLetters(reader, { subject: 'Back to work', timeoutMs: 40_000 });
    });
    await write(2, ['A dam breaks']);
    await ask(`${issue(2)}/rundown`, 'PUT', { version: 0, hold: true });
    await at('07:00:03', 2, async () => void (await morningOf(2, ['held'])));
    await at('11:30:00', 2, async () => {
      expect((await morningOf(2, ['skipped'])).reason).toMatch(/^held by .*; late$/);
    });
    const { html } = await deskOf(2);
    expect(html).toMatch(/skipped \(<span dir="auto">held by [^<]*; late/);
    expect(html).toContain('No email of this issue is on record.');
  }, 120_000);

  it('tells the second of two editors what changed, and overwrites nothing', async () => {
    const path = `${issue(20)}/rundown`;
    const anna = await makeKey('Anna', ['edit']);
    const omar = await makeKey('Omar', ['edit']);
    expect((await ask(path, 'PUT', { version: 0, subject: 'Anna’s' }, anna)).status).toBe(200);
    const second = await ask(path, 'PUT', { version: 0, subject: 'Omar’s', note: 'A note' }, omar);
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({
      changed: ['note', 'subject'],
      current: { version: 1, editedBy: 'Anna', subject: 'Anna’s' },
    });
    expect((await ask(path)).body).toMatchObject({ version: 1, subject: 'Anna’s', editedBy: 'Anna' });
  });

  it.each([
    ['an article that is not there', { pins: ['999999'] }, 'pins.0'],
    ['one pinned twice', { pins: ['1', '1'] }, 'pins.1'],
    ['one pinned and dropped', { pins: ['1'], drops: ['1'] }, 'pins.0'],
    ['lines without a line', { lines: [{ article: '1' }] }, 'lines.0'],
    ['control characters', { subject: 'a\u202eb' }, 'subject'],
  ])('refuses %s, naming the field', async (_what, body, path) => {
    const { status, body: problem } = await ask(`${issue(21)}/rundown`, 'PUT', { version: 0, ...body });
    expect([status, (problem.errors as { path: string }[])[0]!.path]).toEqual([422, path]);
    expect((await ask(`${issue(21)}/rundown`)).body.version).toBe(0);
  });

  it('refuses an article that was withdrawn', async () => {
    const id = articles['A vote ends in a draw']!;
    expect((await ask(`/api/v1/articles/${id}`, 'DELETE')).status).toBe(204);
    const { status, body } = await ask(`${issue(21)}/rundown`, 'PUT', { version: 0, pins: [id] });
    expect([status, body.detail]).toEqual([422, expect.stringContaining('was withdrawn')]);
  });
});

describe('a list that wants a second person', () => {
  it('takes the word of another than the last editor, and follows its rule without it', async () => {
    const anna = await makeKey('Anna', ['edit', 'approve']);
    const omar = await makeKey('Omar', ['approve']);
    await ask(list, 'PATCH', { approval: 'second person', atCutOff: 'send last approved' });
    await write(3, ['A comet passes', 'A market opens']);
    const path = `${issue(3)}/rundown`;
    await ask(path, 'PUT', { version: 0, subject: 'Approved words' }, anna);
    expect((await ask(path)).body.announcement).toContain('nobody approved any version');
    expect((await ask(`${path}/approve`, 'POST', { version: 1 }, anna)).status).toBe(409);
    expect((await ask(`${path}/approve`, 'POST', { version: 1 }, omar)).body.approved).toMatchObject({
      version: 1,
      by: 'Omar',
    });
    await ask(path, 'PUT', { version: 1, subject: 'Unapproved words' }, anna);
    expect((await ask(`${path}/approve`, 'POST', { version: 1 }, omar)).status).toBe(409);
    await at('07:00:03', 3, async () => {
      await desk.mailbox.waitForLetters(reader, { subject: 'Approved words', timeoutMs: 40_000 });
      expect((await morningOf(3, ['sending', 'done'])).reason).toContain('sent by version 1, the last approved');
    });
    expect(await lettersOf('Unapproved words')).toEqual([]);

    await ask(list, 'PATCH', { atCutOff: 'skip' });
    await write(4, ['A bell rings']);
    await at('06:45:00', 4, async (instance) => {
      await until('the alarm', 30_000, async () =>
        instance.logs.includes('nobody has approved it') ? true : undefined,
      );
    });
    await at('07:00:03', 4, async () => {
      expect((await morningOf(4, ['skipped'])).reason).toBe('nobody approved it');
    });
  }, 180_000);

  it('asks for the scope', async () => {
    const reading = await makeKey('Lee', ['read']);
    expect((await ask(`${issue(22)}/rundown`, 'PUT', { version: 0 }, reading)).status).toBe(403);
    expect((await ask(`${issue(22)}/rundown/approve`, 'POST', { version: 1 }, reading)).status).toBe(403);
  });
});
