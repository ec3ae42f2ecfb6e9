import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { addReaders } from '../support/readers.js';
import { startService, type Service } from '../support/service.js';
import { until } from '../support/until.js';

let service: Service;
let db: pg.Client;

beforeAll(async () => {
  service = await startService();
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
});

afterAll(() => db?.end());

const post = (path: string, fields: Record<string, string> = {}) =>
  fetch(service.baseUrl + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const linkIn = (text: string, path: string) => new RegExp(`/${path}/[\\w.-]+`).exec(text)![0];
const exists = async (address: string) =>
  (await db.query('select 1 from subscriber where address = $1', [address])).rowCount === 1;

/** A reader whom an admin attests, and the link of their preferences: from the letter that answers a second sign-up. */
async function reader(address: string): Promise<string> {
  await addReaders(service, [address]);
  await post('/subscribe', { email: address });
  return linkIn((await service.mailbox.waitForLetter(address)).text, 'preferences');
}

const ask = async (preferences: string, email: string) => {
  const response = await post(preferences, { do: 'address', email });
  return { status: response.status, html: await response.text() };
};

describe('a change of address', () => {
  let preferences: string;
  let link: string;

  it('is asked for with a form that says what is wrong', async () => {
    preferences = await reader('old@example.org');
    expect(await ask(preferences, 'nonsense')).toMatchObject({
      status: 422,
      html: expect.stringMatching(/needs a name, an @ and a domain[\s\S]*value="nonsense"/),
    });
    expect(await ask(preferences, ' OLD@example.org')).toMatchObject({
      status: 422,
      html: expect.stringContaining('already'),
    });
    expect(await ask(preferences, '\u202e\u0007')).toMatchObject({ status: 422 });
    expect(await ask(preferences, '🗞️')).toMatchObject({ status: 422 });
  });

  it('is asked of the new address, once in the pause, with nothing changed yet', async () => {
    const [first, second] = [await ask(preferences, 'new@example.org'), await ask(preferences, 'new@example.org')];
    expect(first.html).toContain('A letter is on its way to the new address');
    expect(second).toEqual(first);
    const letter = await service.mailbox.waitForLetter('new@example.org');
    expect(letter.text).not.toContain('old@example.org');
    link = linkIn(letter.text, 'address');
    for (const method of ['GET', 'HEAD']) expect((await fetch(service.baseUrl + link, { method })).status).toBe(200);
    expect(await exists('old@example.org')).toBe(true);
    expect(await service.mailbox.letters('new@example.org')).toHaveLength(1);
  });

  it('happens when the button is pressed, and the old address is told so, not where to', async () => {
    expect(await (await post(link)).text()).toContain('Your letters come here from now on');
    expect(await (await post(link)).text()).toContain('Your letters come here from now on');
    expect([await exists('old@example.org'), await exists('new@example.org')]).toEqual([false, true]);
    const letters = await service.mailbox.waitForLetters('old@example.org', { count: 2 });
    expect(letters).toHaveLength(2);
    const told = letters.find(({ subject }) => subject.includes('another address'))!;
    expect(told.source).not.toContain('new@example.org');
    expect(await (await fetch(service.baseUrl + preferences)).text()).toContain('new@example.org');
  });

  it('to an address that has a subscription of its own changes nothing, and says so to its owner alone', async () => {
    await addReaders(service, ['taken@example.org']);
    const page = await ask(preferences, 'taken@example.org');
    const other = await ask(preferences, 'free@example.org');
    expect(page.html).toBe(other.html);
    const path = linkIn((await service.mailbox.waitForLetter('taken@example.org')).text, 'address');
    const response = await post(path);
    expect([response.status, await response.text()]).toEqual([
      409,
      expect.stringContaining('a subscription of its own'),
    ]);
    expect([await exists('taken@example.org'), await exists('new@example.org')]).toEqual([true, true]);
  });

  const reading = async (address: string) => {
    const { rows } = await db.query<{ id: string; state: string; left: boolean }>(
      `select s.id, s.state, s.ended_at is not null as left from subscriber r join subscription s on s.subscriber_id = r.id where r.address = $1`,
      [address],
    );
    return rows;
  };
  const unsubscribeLink = async (address: string) =>
    linkIn((await service.mailbox.waitForLetter(address, { subject: 'You have left' })).text, 'unsubscribe');
  const idOf = async (address: string) => (await reading(address))[0]!.id;
  /** @returns the path of the link in the letter to the new address */
  const moveTo = async (preferences: string, address: string) => {
    await db.query(`delete from mailbox`);
    await ask(preferences, address);
    return until(`the letter to ${address}`, 30_000, async () =>
      (await service.mailbox.letters(address)).map(({ text }) => /\/address\/[\w.-]+/.exec(text)?.[0]).find(Boolean),
    );
  };

  it.each([
    ['en', 'Your address is changed', 'Next email of Daily news brief'],
    ['fr', 'Votre adresse est changée', 'Prochain e-mail de Daily news brief'],
    ['es', 'Su dirección ha cambiado', 'Próximo correo de Daily news brief'],
    ['ar', 'تغيّر عنوانك', 'الرسالة التالية من Daily news brief'],
  ])('to an address that once left goes on there, and its old links lead to it (%s)', async (locale, title, next) => {
    const address = `returned.${locale}@example.org`;
    const before = await reader(address);
    await post(before, { do: 'leave', list: 'daily-news-brief' });
    const unsubscribe = await unsubscribeLink(address);
    const moving = await reader(`mover.${locale}@example.org`);
    await post(moving, { do: 'language', locale });
    const id = await idOf(`mover.${locale}@example.org`);
    const path = await moveTo(moving, address);
    const page = await (await post(path)).text();
    expect([page.includes(title), page.includes(next)]).toEqual([true, true]);
    expect(await reading(address)).toEqual([{ id, state: 'active', left: false }]);
    expect(await (await fetch(service.baseUrl + before)).text()).toContain(address);
    expect((await post(unsubscribe)).status).toBe(200);
    expect(await reading(address)).toEqual([{ id, state: 'ended', left: true }]);
  });

  it.each([
    ['en', 'Yes, merge the two'],
    ['fr', 'Oui, les réunir'],
    ['es', 'Sí, unirlas'],
    ['ar', 'نعم، ادمجهما'],
  ])('to an address that gets letters offers to make one of the two (%s)', async (locale, button) => {
    const address = `standing.${locale}@example.org`;
    await addReaders(service, [address]);
    const moving = await reader(`joining.${locale}@example.org`);
    const id = await idOf(`joining.${locale}@example.org`);
    await post(moving, { do: 'language', locale });
    const path = await moveTo(moving, address);
    const offer = await (await fetch(service.baseUrl + path)).text();
    expect(offer).toContain(button);
    expect(offer).toContain('name="do" value="merge"');
    expect((await post(path)).status).toBe(409);
    expect(await exists(`joining.${locale}@example.org`)).toBe(true);
    expect((await post(path, { do: 'merge' })).status).toBe(200);
    expect((await post(path, { do: 'merge' })).status).toBe(200);
    expect(await reading(address)).toEqual([{ id, state: 'active', left: false }]);
    const { rows } = await db.query(
      `select count(*)::int as active, min(morning_from) > now() as later from subscription s join subscriber r on r.id = s.subscriber_id
        where s.state = 'active' and (r.address = $1 or r.merged_into = s.subscriber_id)`,
      [address],
    );
    expect(rows).toEqual([{ active: 1, later: true }]);
  });

  it('takes over what only the other gets, keeps what was left, and is exported and erased whole', async () => {
    const address = 'both@example.org';
    await addReaders(service, [address]);
    const moving = await reader('leaving@example.org');
    await post(moving, { do: 'leave', list: 'daily-news-brief' });
    const path = await moveTo(moving, address);
    expect((await post(path, { do: 'merge' })).status).toBe(200);
    expect(await reading(address)).toMatchObject([{ state: 'active' }]);
    const { rows } = await db.query<{ id: string }>(`select id from subscriber where address = $1`, [address]);
    const data = (await (await service.api(`/api/v1/subscribers/${rows[0]!.id}/export`)).json()) as {
      consent: { kind: string }[];
    };
    expect(data.consent.filter(({ kind }) => kind === 'attested')).toHaveLength(2);
    expect((await service.api(`/api/v1/subscribers/${rows[0]!.id}`, { method: 'DELETE' })).status).toBe(204);
    const left = await db.query(
      `select 1 from subscriber r left join consent_event e on e.subscriber_id = r.id left join subscription s on s.subscriber_id = r.id
        where (r.id = $1 or r.merged_into = $1) and (e.id is not null or s.consent_source is not null)`,
      [rows[0]!.id],
    );
    expect(left.rowCount).toBe(0);
  });

  it('takes over from somebody who typed that address and never confirmed', async () => {
    await post('/subscribe', { email: 'typed@example.org' });
    const moving = await reader('moving@example.org');
    await db.query(`delete from mailbox`);
    await ask(moving, 'typed@example.org');
    const letter = await service.mailbox.waitForLetter('typed@example.org', { subject: 'new address' });
    expect((await post(linkIn(letter.text, 'address'))).status).toBe(200);
    const { rows } = await db.query(
      `select s.state from subscriber r join subscription s on s.subscriber_id = r.id where r.address = 'typed@example.org'`,
    );
    expect(rows).toEqual([{ state: 'active' }]);
  });

  it('cannot be confirmed by an old link, an altered one, or one of another purpose', async () => {
    const late = await reader('late@example.org');
    await ask(late, 'later@example.org');
    const path = linkIn((await service.mailbox.waitForLetter('later@example.org')).text, 'address');
    await db.query(`update address_change set requested_at = requested_at - interval '8 days'`);
    const response = await post(path);
    expect([response.status, await response.text()]).toEqual([410, expect.stringContaining('a fresh link comes')]);
    for (const wrong of [`${path}x`, late.replace('preferences', 'address'), path.replace('address', 'confirm')])
      expect([wrong, (await post(wrong)).status]).toEqual([wrong, 404]);
    expect(await exists('later@example.org')).toBe(false);
  });
});

describe('leaving', () => {
  it('is answered by one letter that can take it back, and by none if the address must not be written to', async () => {
    const preferences = await reader('leaver@example.org');
    await post(preferences, { do: 'leave', list: 'daily-news-brief' });
    await post(preferences, { do: 'leave', list: 'daily-news-brief' });
    const goodbye = await service.mailbox.waitForLetter('leaver@example.org', { subject: 'You have left' });
    const link = linkIn(goodbye.text, 'unsubscribe');
    const page = await (await fetch(service.baseUrl + link)).text();
    expect(page).toContain('Undo: I want to stay');
    expect(await (await post(link, { do: 'undo' })).text()).toContain('You are back');

    const unwilling = await reader('complainer@example.org');
    await db.query(
      `insert into suppression (address, reason, created_at) values ('complainer@example.org', 'complaint', now())`,
    );
    await post(unwilling, { do: 'leave', list: 'daily-news-brief' });
    await post(preferences, { do: 'leave', list: 'daily-news-brief' });
    await service.mailbox.waitForLetters('leaver@example.org', { subject: 'You have left', count: 2 });
    expect(await service.mailbox.letters('complainer@example.org')).toHaveLength(1);
  });
});
