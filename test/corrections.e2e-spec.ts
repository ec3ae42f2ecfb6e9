import { beforeAll, describe, expect, it } from '@jest/globals';
import { runAt } from './support/moved-clock.js';
import { addReaders, pushArticles } from './support/readers.js';
import { startService, type Service } from './support/service.js';
import { named, prepareGround, Trial, type Ground } from './support/trial.js';

const body = async <T>(response: Response): Promise<T> => JSON.parse(await response.text()) as T;

async function push(service: Service, title: string): Promise<string> {
  await pushArticles(service, [title]);
  const { items } = await body<{ items: { id: string; title: string }[] }>(
    await service.api('/api/v1/articles?limit=200'),
  );
  return items.find((article) => article.title === title)!.id;
}

const correct = (service: Service, id: string, order: object) =>
  service.api(`/api/v1/articles/${id}/corrections`, { method: 'POST', body: order });

describe('a correction while an edition goes out', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await prepareGround();
  });

  /** Sends these articles to 120 readers with two workers, and does something once 20 have their letter. */
  async function inFlight(name: string, articles: string[], act: () => Promise<void>): Promise<Trial> {
    const trial = await Trial.open(ground, name, { readers: named('ok', 120) });
    ground.relay.replyDelayMs = 20;
    const sent = await ground.desk.api('/api/v1/editions', { method: 'POST', body: { list: trial.list, articles } });
    expect(sent.status).toBe(201);
    trial.edition = (await body<{ id: string }>(sent)).id;
    await Promise.all([trial.worker(), trial.worker()]);
    await trial.untilTaken(20);
    await act();
    ground.relay.replyDelayMs = 0;
    await trial.drained();
    return trial;
  }

  /** Letters of the trial by what they say, in the order in which the server took them. */
  const holds = (trial: Trial, words: string) =>
    ground.relay.accepted
      .filter(({ recipient }) => trial.readers.includes(recipient))
      .map(({ raw }) => raw.toString().replace(/=\r\n/g, '').includes(words));

  /** Armed after the answer, and yet by the variant that was replaced. */
  const armedLate = async (trial: Trial, since: Date) =>
    (
      await ground.db.query(
        `select 1 from delivery d join variant v on v.id = d.variant_id
          where d.edition_id = $1 and (v.replaced_by is not null or v.ended_at is not null) and d.armed_at > $2`,
        [trial.edition, since],
      )
    ).rowCount;
  const databaseNow = async () =>
    ((await ground.db.query(`select clock_timestamp() as now`)).rows[0] as { now: Date }).now;

  it('reaches every letter that is not armed yet, by two workers', async () => {
    const ids = [await push(ground.desk, 'Thirty ships are lost'), await push(ground.desk, 'A quiet day at the bank')];
    let answered = new Date(0);
    const trial = await inFlight('corrected in mid-edition', ids, async () => {
      const response = await correct(ground.desk, ids[0]!, {
        title: 'Three ships are lost',
        standfirst: 'Three ships.',
        text: 'It was three ships, not thirty.',
      });
      expect([response.status, await body(response)]).toMatchObject([201, { variants: 1 }]);
      answered = await databaseNow();
    });
    const old = holds(trial, 'Thirty ships').filter(Boolean).length;
    const right = holds(trial, 'Three ships').filter(Boolean).length;
    expect([old + right, old >= 20, right > 0]).toEqual([120, true, true]);
    expect(await armedLate(trial, answered)).toBe(0);
    await trial.judge({ accepted: 120 });
  }, 120_000);

  it('lets the next story move up when the lead is withdrawn', async () => {
    const ids = [
      await push(ground.desk, 'A rumour of the worst kind'),
      await push(ground.desk, 'A solid second story'),
    ];
    let answered = new Date(0);
    const trial = await inFlight('lead withdrawn in mid-edition', ids, async () => {
      expect((await correct(ground.desk, ids[0]!, { withdraw: true, text: 'We could not stand by it.' })).status).toBe(
        201,
      );
      answered = await databaseNow();
    });
    const last = ground.relay.accepted.filter(({ recipient }) => trial.readers.includes(recipient)).at(-1)!;
    expect(last.raw.toString()).toMatch(/^Subject: A solid second story\r$/m);
    expect(holds(trial, 'A rumour of the worst kind').at(-1)).toBe(false);
    expect(await armedLate(trial, answered)).toBe(0);
    await trial.judge({ accepted: 120 });
  }, 120_000);

  it('sends nothing more when no story is left, and says so of each reader', async () => {
    const ids = [await push(ground.desk, 'The only story of the day')];
    const trial = await inFlight('the only story withdrawn', ids, async () => {
      expect((await correct(ground.desk, ids[0]!, { withdraw: true, text: 'Nothing of it was true.' })).status).toBe(
        201,
      );
    });
    const { accepted = 0, cancelled = 0 } = await trial.counts();
    expect([accepted + cancelled, cancelled > 0]).toEqual([120, true]);
    const { rows } = await ground.db.query(
      `select distinct reason from delivery where edition_id = $1 and state = 'cancelled'`,
      [trial.edition],
    );
    expect(rows).toEqual([{ reason: 'its last story was withdrawn' }]);
    await trial.judge();
  }, 120_000);

  it.each([
    ['nothing that is right now', { text: 'It was three ships.' }, 'title'],
    ['new lines for what is withdrawn', { text: 'It was three ships.', title: 'Three', withdraw: true }, 'withdraw'],
    ['no word to the readers', { text: '', title: 'Three' }, 'text'],
  ])('refuses %s', async (_what, order, path) => {
    const id = await push(ground.desk, `Refused ${path}`);
    const response = await correct(ground.desk, id, order);
    const problem = await body<{ errors: { path: string }[] }>(response);
    expect([response.status, problem.errors[0]!.path]).toEqual([422, path]);
  });
});

describe('those who had it', () => {
  const reader = 'reader@example.org';
  const day = Temporal.Now.zonedDateTimeISO('UTC').toPlainDate().add({ days: 1 });
  let desk: Service;

  const at = (time: string, days: number) => day.add({ days }).toZonedDateTime({ timeZone: 'UTC', plainTime: time });
  const morning = async (days: number, title: string) => {
    await runAt(desk, at('06:00:00', days), (instance) => pushArticles(instance, [title]), 'web');
    await runAt(desk, at('07:00:03', days), async () => {
      await desk.mailbox.waitForLetters(reader, { subject: title, timeoutMs: 40_000 });
    });
  };
  const letterOf = async (subject: string) =>
    (await desk.mailbox.letters(reader)).find((letter) => letter.subject === subject)!;

  it('are told in their next letter, a morning’s or a special one, once; archive and article tell it too', async () => {
    desk = await startService({ env: { ROLES: 'web', SEED: 'none' } });
    const list = { slug: 'brief', name: 'The brief', timeZone: 'UTC', localTime: '07:00', minStories: 1 };
    await desk.api('/api/v1/lists', { method: 'POST', body: list });
    await addReaders(desk, [reader]);
    const id = await push(desk, 'Thirty ships are lost');
    const { items } = await body<{ items: { slug: string }[] }>(await desk.api('/api/v1/articles'));
    const sent = await body<{ id: string; localDate: string }>(
      await desk.api('/api/v1/editions', { method: 'POST', body: { list: 'brief', articles: [id] } }),
    );
    await runAt(desk, Temporal.Now.zonedDateTimeISO('UTC'), async () => {
      await desk.mailbox.waitForLetter(reader, { subject: 'Thirty ships are lost' });
    });
    await correct(desk, id, { title: 'Three ships are lost', text: 'It was three ships, not thirty.' });

    await morning(0, 'A bridge opens');
    expect((await letterOf('A bridge opens')).text).toMatch(
      /CORRECTION\s+Thirty ships are lost\s+It was three ships, not thirty\.\s+It reads now: Three ships are lost/,
    );
    expect((await letterOf('A bridge opens')).html).toMatch(/It was three ships, not thirty\.[^]*Three ships are lost/);
    await morning(1, 'A harvest comes in');
    expect((await letterOf('A harvest comes in')).text).not.toContain('It was three ships');

    await runAt(desk, at('09:00:00', 1), async (instance) => {
      const wrong = (await body<{ items: { id: string; title: string }[] }>(await instance.api('/api/v1/articles')))
        .items;
      const { id: harvest } = wrong.find(({ title }) => title === 'A harvest comes in')!;
      await correct(instance, harvest, { title: 'A harvest is late', text: 'It is late this year.' });
      const special = { list: 'brief', articles: [await push(instance, 'A special word')] };
      expect((await instance.api('/api/v1/editions', { method: 'POST', body: special })).status).toBe(201);
      await desk.mailbox.waitForLetters(reader, { subject: 'A special word', timeoutMs: 40_000 });
    });
    expect((await letterOf('A special word')).text).toMatch(/CORRECTION\s+A harvest comes in\s+It is late this year\./);
    await morning(2, 'A winter begins');
    expect((await letterOf('A winter begins')).text).not.toContain('It is late this year');

    for (const path of [`/articles/${items[0]!.slug}`, `/archive/${sent.localDate}`]) {
      const page = await (await fetch(desk.baseUrl + path)).text();
      const told =
        /It was three ships, not thirty\.[^]*<s[^>]*>Thirty ships are lost<\/s>[^]*It reads now:[^]*Three ships are lost/;
      expect([path, told.test(page)]).toEqual([path, true]);
    }
  }, 180_000);
});
