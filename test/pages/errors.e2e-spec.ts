import { beforeAll, describe, expect, it } from '@jest/globals';
import { addReaders, pushArticles } from '../support/readers.js';
import { startService, type Service } from '../support/service.js';
import { until } from '../support/until.js';

let service: Service;

const ask = (path: string, init: RequestInit = {}) => fetch(service.baseUrl + path, { redirect: 'manual', ...init });

beforeAll(async () => {
  service = await startService({ env: { SIGN_UPS_PER_NETWORK: '3', TRUSTED_PROXIES: '127.0.0.1' } });
  await until(
    'the sample to be loaded',
    20_000,
    async () => (await (await ask('/')).text()).includes('headline') || undefined,
  );
});

const plain = (text: string) => text.replace(/&#39;/g, "'").replace(/\s+/g, ' ');

/** Signs up, confirms, and gives the letter that greets. */
async function welcomed(address: string): Promise<{ text: string }> {
  const headers = { 'x-forwarded-for': '198.51.100.7' }; // a network that is not over its cap
  const form = (fields: Record<string, string>) => ({ method: 'POST', headers, body: new URLSearchParams(fields) });
  await ask('/subscribe', form({ email: address }));
  const confirmation = await service.mailbox.waitForLetter(address);
  await ask(/\/confirm\/[\w.-]+/.exec(confirmation.text)![0], form({}));
  return (await service.mailbox.waitForLetters(address, { count: 2 })).find(({ text }) => text.includes('/letters/'))!;
}

describe('a path that takes other methods', () => {
  it.each([
    ['DELETE', '/archive', 'GET, HEAD'],
    ['PUT', '/articles/anything', 'GET, HEAD'],
    ['GET', '/subscribe', 'POST'],
    ['OPTIONS', '/lists/daily-news-brief/box', 'GET, HEAD, POST'],
    ['DELETE', '/confirm/token', 'GET, HEAD, POST'],
    ['POST', '/', 'GET, HEAD'],
  ])('%s %s is answered with 405, the methods it takes, and a page', async (method, path, allow) => {
    const response = await ask(path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
    expect(await response.text()).toContain('<h1>That is not possible here</h1>');
  });

  it('is a problem under /api', async () => {
    const response = await service.api('/api/v1/lists', { method: 'PUT' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect(await response.json()).toMatchObject({ status: 405, detail: 'This path takes GET, HEAD, POST.' });
  });

  it('is not mistaken for one that is not there', async () => {
    for (const [method, path] of [
      ['POST', '/nothing'],
      ['GET', '/lists/x/y/z'],
      ['DELETE', '/api/v1/nothing'],
    ] as const)
      expect([path, (await service.api(path, { method })).status]).toEqual([path, 404]);
  });
});

describe('a page that is not there', () => {
  it('offers the newest stories and the box, in the reader’s language', async () => {
    const response = await ask('/articles/there-was-never-such-a-thing', { headers: { 'accept-language': 'fr' } });
    expect(response.status).toBe(404);
    const html = await response.text();
    expect(html).toContain('<h1>Il n’y a rien ici</h1>');
    expect(html.match(/class="headline"/g)).toHaveLength(3);
    expect(html).toMatch(/<form class="box" method="post" action="\/subscribe"/);
    expect(html).toContain('href="/archive"');
  });

  it('says of a withdrawn article that it is gone, and offers others', async () => {
    const { items } = (await (await service.api('/api/v1/articles')).json()) as {
      items: { id: string; slug: string }[];
    };
    const [{ id, slug }] = items as [{ id: string; slug: string }];
    expect((await service.api(`/api/v1/articles/${id}`, { method: 'DELETE' })).status).toBeLessThan(300);
    const response = await ask(`/articles/${slug}`);
    expect([response.status, await response.text()]).toEqual([410, expect.stringContaining('class="headline"')]);
  });
});

describe('a network over its cap', () => {
  it('is told for how long to wait', async () => {
    const post = () => ask('/subscribe', { method: 'POST', body: new URLSearchParams({ email: 'a@example.org' }) });
    await post();
    const response = await post();
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(await response.text()).toMatch(/Try again in (59|60) minutes; nothing of what you entered has been kept/);
  });

  it('is told so in the frame too', async () => {
    const response = await ask('/lists/daily-news-brief/box', {
      method: 'POST',
      body: new URLSearchParams({ email: 'a@example.org' }),
    });
    expect(response.status).toBe(429);
    expect(response.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(await response.text()).not.toContain('<footer');
  });
});

describe('the page of a list', () => {
  it('tells its hour, how many letters come, and shows a real issue', async () => {
    const html = await (await ask('/lists/daily-news-brief')).text();
    expect(html).toContain('every day, 07:00 in Paris');
    expect(html).toContain('7 letters a week');
    expect(html).toContain('In the last 30 days: no morning letter yet and no special edition.');
    expect(html).toContain('2 to 6 stories');
    expect(html).toContain('No issue has come out yet.');
  });

  it('shows what somebody got, and calls a welcome no special edition', async () => {
    const page = async () => (await ask('/lists/daily-news-brief')).text();
    await addReaders(service, ['early@example.org']);
    const { text } = await welcomed('newcomer@example.org');
    const [copy] = /\/letters\/[\w.-]+/.exec(text)!;
    const headlines = (html: string) =>
      [...html.matchAll(/class="headline"[^>]*>(?:<a [^>]*>)?([^<]*)/g)].map((m) => m[1]!);
    const shown = await until('the welcome to be settled', 20_000, async () => {
      const html = await page();
      return headlines(html).length > 0 ? html : undefined;
    });
    for (const title of headlines(shown)) expect(plain(text)).toContain(plain(title));
    expect(shown).toContain(copy);
    for (const html of [shown, await (await ask(copy)).text()]) expect(html).not.toContain('Special edition');

    await pushArticles(service, ['A comet was seen']);
    const { items } = (await (await service.api('/api/v1/articles?limit=200')).json()) as {
      items: { id: string; title: string }[];
    };
    const comet = items.find(({ title }) => title === 'A comet was seen')!;
    const body = { list: 'daily-news-brief', articles: [comet.id] };
    expect((await service.api('/api/v1/editions', { method: 'POST', body })).status).toBe(201);
    const special = await until('the special edition to be settled', 30_000, async () => {
      const html = await page();
      return html.includes('A comet was seen') ? html : undefined;
    });
    expect(headlines(special)).toEqual(['A comet was seen']);
    expect(special).toContain('<p class="kicker">Special edition</p>');
  }, 90_000);
});
