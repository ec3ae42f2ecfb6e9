import { describe, expect, it } from '@jest/globals';
import { freshDatabase } from './support/database.js';
import { lineTo } from './support/line.js';
import { startService } from './support/service.js';
import { until } from './support/until.js';

const ready = (baseUrl: string, status: number) =>
  until(`/health/ready to answer ${status}`, 30_000, async () =>
    (await fetch(`${baseUrl}/health/ready`)).status === status ? true : undefined,
  );

describe('a Postgres that is away', () => {
  it('at the start is waited for, and later is told truly and survived', async () => {
    const database = await freshDatabase();
    const line = await lineTo(database.url);
    line.cut();
    const service = await startService({ env: { DATABASE_URL: line.url }, ready: false });
    await until('a line that says so', 30_000, async () =>
      service.logs.includes('Postgres does not answer yet') ? true : undefined,
    );
    await line.mend();
    await service.waitUntilReady();

    line.cut();
    await ready(service.baseUrl, 503);
    expect((await fetch(`${service.baseUrl}/health/live`)).status).toBe(200);
    const refused = await fetch(`${service.baseUrl}/subscribe`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'patient@example.org' }),
    });
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('<html');

    await line.mend();
    await ready(service.baseUrl, 200);
    await fetch(`${service.baseUrl}/subscribe`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'patient@example.org' }),
    });
    await service.mailbox.waitForLetters('patient@example.org', { timeoutMs: 30_000 });
    expect((await service.stop()).code).toBe(0);
    line.cut();
    await database.drop();
  }, 180_000);
});

describe('wrong settings', () => {
  it.each([
    ['PORT', { PORT: 'http' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/brief' }],
    ['SMTP_URL', { SMTP_URL: 'relay.example.org' }],
    [
      'CLOCK_OFFSET',
      {
        CLOCK_OFFSET: '60',
        SMTP_URL: 'smtp://relay.example.org',
        PUBLIC_URL: 'https://news.example',
        MAIL_FROM: 'a@news.example',
      },
    ],
    ['PUBLIC_URL', { SMTP_URL: 'smtp://relay.example.org', MAIL_FROM: 'a@news.example' }],
    ['SECRET', { SECRET: 'short' }],
    ['DKIM_KEY_FILE', { DKIM_DOMAIN: 'news.example', DKIM_SELECTOR: 's1', DKIM_KEY_FILE: '/nowhere/dkim.pem' }],
  ])('%s: one line says what was found and what is expected, and nothing starts', async (name, env) => {
    const service = await startService({ env: env as Record<string, string>, ready: false });
    const { code } = await service.ended();
    expect(code).toBe(1);
    const lines = service.logs.trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: .*Expected: `));
  });
});
