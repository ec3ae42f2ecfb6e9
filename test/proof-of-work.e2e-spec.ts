import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openBrowser } from './support/browser.js';
import { startService, type Service } from './support/service.js';

let service: Service;
let db: pg.Client;

beforeAll(async () => {
  service = await startService({ env: { PROOF_OF_WORK: 'on', SIGN_UPS_PER_NETWORK: '60' } });
  db = new pg.Client(service.databaseUrl);
  db.on('error', () => undefined); // the database is dropped under it at the end
  await db.connect();
});

afterAll(() => db?.end());
beforeEach(() => db.query(`delete from sign_up_count where key like 'network:%'`));

/** What the sign-ups of this machine have cost so far. */
const cost = async () =>
  (await db.query<{ points: number }>(`select points from sign_up_count where key like 'network:%'`)).rows[0]?.points ??
  0;

const solver = '../src/pages/assets/proof.js';
async function prove(): Promise<string> {
  const { solve } = (await import(solver)) as { solve(challenge: object): Promise<string> };
  return solve((await (await fetch(`${service.baseUrl}/subscribe/challenge`)).json()) as object);
}

const post = (proof: string) =>
  fetch(`${service.baseUrl}/subscribe`, {
    method: 'POST',
    body: new URLSearchParams({ email: `reader${Math.random()}@example.org`, proof }),
  });

describe('with PROOF_OF_WORK', () => {
  it.each([
    [true, 1],
    [false, 10],
  ])('a reader signs up with JavaScript: %s, at the cost of %i', async (javaScriptEnabled, points) => {
    const context = await (await openBrowser()).newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (entry) => entry.type() === 'error' && errors.push(entry.text()));
    await page.goto(service.baseUrl);
    expect(await page.getByText('Without JavaScript this works too').count()).toBe(javaScriptEnabled ? 0 : 1);
    await page.fill('#email', `reader.${javaScriptEnabled}@example.org`);
    await page.click('form.box button');
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    await service.mailbox.waitForLetter(`reader.${javaScriptEnabled}@example.org`);
    expect([await cost(), errors]).toEqual([points, []]);
    await context.close();
  });

  it('a reader signs up on somebody else’s site too', async () => {
    const home = `http://localhost:${new URL(service.baseUrl).port}`;
    const elsewhere = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!DOCTYPE html><title>Elsewhere</title><daily-brief-signup list="daily-news-brief" lang="en"></daily-brief-signup>
        <script src="${home}/embed.js"></script>`);
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const page = await (await openBrowser()).newPage();
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    await page.getByLabel('Your email address').fill('elsewhere@example.org');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
    expect(await cost()).toBe(1);
    await page.close();
    elsewhere.close();
  });

  it('work counts once; work that was made up, altered or not done does not count', async () => {
    const proof = await prove();
    const decoded = JSON.parse(Buffer.from(proof, 'base64').toString()) as { challenge: { parameters: object } };
    const easier = {
      ...decoded,
      challenge: { ...decoded.challenge, parameters: { ...decoded.challenge.parameters, keyPrefix: '0' } },
    };
    const costs: number[] = [];
    for (const each of [
      proof,
      proof,
      '',
      'nonsense',
      Buffer.from('{}').toString('base64'),
      Buffer.from(JSON.stringify(easier)).toString('base64'),
    ]) {
      expect((await post(each)).status).toBe(200);
      costs.push(await cost());
    }
    expect(costs).toEqual([3, 13, 23, 33, 43, 53]);
    expect((await post('')).status).toBe(429);
  });
});
