import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

const production = { PUBLIC_URL: 'https://news.example', MAIL_FROM: 'brief@news.example' };

const refusal = (env: Record<string, string>): string => {
  try {
    readConfig({ ...production, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

describe('SMTP_URL', () => {
  it.each([
    ['relay.example.org', 'SMTP_URL'],
    ['http://relay.example.org', 'SMTP_URL'],
    ['smtp://', 'SMTP_URL'],
    ['smtp://relay.example.org:0', 'port 0'],
    ['smtp://relay.example.org/inbox', 'something follows host and port'],
    ['smtp://desk:pass?word@relay.example.org', 'SMTP_URL: found a value that is not shown'],
    ['smtp://desk@relay.example.org', 'user and password go together'],
    ['smtp://desk:100%@relay.example.org', '%25'],
  ])('%s is refused, and the line says why', (url, why) => {
    expect(refusal({ SMTP_URL: url })).toContain(why);
  });

  it('is never quoted: it holds a password', () => {
    expect(refusal({ SMTP_URL: 'smtp://desk:hunter2@relay.example.org/inbox' })).not.toContain('hunter2');
  });

  it('is one channel', () => {
    const { CHANNELS } = readConfig({ ...production, SMTP_URL: 'smtp://desk:p%40ss@relay.example.org:587' });
    expect(CHANNELS).toMatchObject([{ name: 'default', weight: 1, connections: 16 }]);
  });
});

describe('DKIM_*', () => {
  const all = { DKIM_DOMAIN: 'news.example', DKIM_SELECTOR: 's1', DKIM_KEY_FILE: '/keys/s1.pem' };
  it.each([
    [{ ...all, DKIM_SELECTOR: 's1._domainkey' }, 'DKIM_SELECTOR: found'],
    [{ ...all, DKIM_SELECTOR: 's1; d=else' }, 'DKIM_SELECTOR: found'],
    [{ ...all, DKIM_DOMAIN: 's1._domainkey.news.example' }, 'DKIM_DOMAIN: found'],
    [{ ...all, DKIM_DOMAIN: 'brief@news.example' }, 'DKIM_DOMAIN: found'],
    [{ DKIM_DOMAIN: 'news.example' }, 'all three, or none'],
    [{ ...all, DKIM_KEY_FILE: '' }, 'all three, or none'],
    [{ ...all, DKIM_ED25519_SELECTOR: 'e1' }, 'DKIM_ED25519_SELECTOR, DKIM_ED25519_KEY_FILE: found only some'],
    [{ DKIM_ED25519_SELECTOR: 'e1', DKIM_ED25519_KEY_FILE: '/keys/e1.pem' }, 'beside DKIM_DOMAIN'],
    [{ ...all, DKIM_ED25519_SELECTOR: 's1', DKIM_ED25519_KEY_FILE: '/keys/e1.pem' }, 'Expected: another'],
  ])('%j is refused', (env, why) => {
    expect(refusal(env as Record<string, string>)).toContain(why);
  });

  it('may name a selector of several labels', () => {
    expect(readConfig({ ...all, DKIM_SELECTOR: '2026.brief' }).DKIM_SELECTOR).toBe('2026.brief');
  });
});

describe('CHANNELS_FILE', () => {
  let folder: string;
  const file = (content: unknown): Record<string, string> => {
    const path = join(folder, 'channels.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return { CHANNELS_FILE: path };
  };
  const one = { name: 'one', url: 'smtp://a:secret@one.example' };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'channels-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names several relays, with their shares and limits', () => {
    const warmUp = [{ from: '2026-12-01', perDay: 500 }];
    const channels = [
      one,
      { name: 'two', url: 'smtps://two.example', weight: 3, connections: 2, perSecond: 5, warmUp },
    ];
    expect(readConfig({ ...production, ...file(channels) }).CHANNELS).toEqual([
      { ...one, weight: 1, connections: 16, perSecond: null, warmUp: [] },
      channels[1],
    ]);
  });

  it.each([
    ['not JSON', '{"url": "smtp://a:secret@one', 'it is not JSON'],
    ['no channel', [], 'CHANNELS_FILE'],
    ['one name twice', [one, one], 'two channels have one name'],
    ['a wrong relay', [{ ...one, url: 'smtp://a:secret@one.example/x' }], '0.url: something follows'],
    ['a word it does not know', [{ ...one, wieght: 2 }], 'wieght'],
    ['more connections than a worker has', [{ ...one, connections: 17 }], '0.connections'],
    [
      'dates that go back',
      [{ ...one, warmUp: ['2026-12-02', '2026-12-01'].map((from) => ({ from, perDay: 1 })) }],
      'dates must go upwards',
    ],
  ])('%s is refused, without a word of a password', (_, content, why) => {
    const said = refusal(file(content));
    expect(said).toContain(why);
    expect(said).not.toContain('secret');
  });

  it('is refused beside SMTP_URL, and when it is not there', () => {
    expect(refusal({ ...file([one]), SMTP_URL: one.url })).toContain('found both');
    expect(refusal({ CHANNELS_FILE: join(folder, 'none.json') })).toContain('ENOENT');
  });

  it('asks for https links as soon as one of its relays is not this machine', () => {
    expect(
      refusal({ ...file([{ name: 'here', url: 'smtp://127.0.0.1' }, one]), PUBLIC_URL: 'http://news.example' }),
    ).toContain('PUBLIC_URL');
  });

  it.each([
    [{ EMBEDDINGS_URL: 'http://127.0.0.1:8080/v1/embeddings' }, 'URL and model'],
    [{ EMBEDDINGS_MODEL: 'small' }, 'URL and model'],
    [{ EMBEDDINGS_KEY: 'a-key' }, 'URL and model'],
    [{ EMBEDDINGS_KEY: 'a key' }, 'EMBEDDINGS_KEY: found a value that is not shown here'],
  ])('asks for the settings of an embedding endpoint together: %j', (env, expected) =>
    expect(refusal(env as Record<string, string>)).toContain(expected),
  );
});
