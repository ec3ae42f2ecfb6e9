import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskScopes, verbOf } from '../src/admin/desk/desk-action.js';
import { covers, type Scope } from '../src/api/scope.js';
import { deskUrl } from './support/at-desk.js';
import { untilSeeded } from './support/editions.js';
import { startService, type Service } from './support/service.js';

/** An hour to come, on whatever date that is: its issue is made of the stories at hand. */
const due = Temporal.Now.zonedDateTimeISO('UTC').add({ hours: 2 });
const date = due.toPlainDate().toString();

let service: Service;

beforeAll(async () => {
  service = await startService();
  await untilSeeded(service);
  const hour = { timeZone: 'UTC', localTime: due.toPlainTime().toString().slice(0, 5), minStories: 1 };
  await service.api('/api/v1/lists/daily-news-brief', { method: 'PATCH', body: hour });
});

async function makeKey(owner: string, scopes: string[]): Promise<{ id: string; key: string }> {
  const response = await service.api('/api/v1/keys', { method: 'POST', body: { owner, scopes } });
  return (await response.json()) as { id: string; key: string };
}

const base = () => deskUrl(service);

/** One editor at the desk without a browser: what each button answers, and what the audit says of it. */
describe('a button of the desk', () => {
  const day = () => `${base()}/desk/daily-news-brief/${date}`;

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

  const argumentsOf: Record<string, string> = {
    to: ':1:0',
    pin: ':1',
    unpin: ':1',
    drop: ':1',
    restore: ':1',
    go: ':lists',
  };
  const buttons = Object.keys(deskScopes).map((verb) => `${verb}${argumentsOf[verb] ?? ''}`);

  it.each<Scope>(['read', 'edit', 'approve'])(
    'is refused to a key of scope %s unless the table says otherwise',
    async (held) => {
      const { id, key } = await makeKey(`${held} only`, [held]);
      const cookie = await cookieOf(key);
      for (const button of buttons) {
        const status = await press(cookie, button, { addresses: 'desk@example.org' });
        const may = covers([held], deskScopes[verbOf(button)!]);
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
