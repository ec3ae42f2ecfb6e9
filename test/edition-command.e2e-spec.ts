import { beforeAll, describe, expect, it } from '@jest/globals';
import { Child } from './support/child.js';
import { sendEdition, untilSeeded } from './support/editions.js';
import { addReaders } from './support/readers.js';
import { ReplyServer } from './support/reply-server.js';
import { startService, type Service } from './support/service.js';
import { until } from './support/until.js';

let relay: ReplyServer;
let desk: Service;

beforeAll(async () => {
  relay = await ReplyServer.start();
  desk = await startService({ env: { SMTP_URL: relay.url } });
  await untilSeeded(desk);
  await addReaders(desk, ['one@example.org', 'two@example.org']);
});

/** `npm run edition -- ARGS`, without npm. */
const edition = (args: string[], env: Record<string, string> = {}) =>
  new Child(['bin/run.mjs', 'edition', ...args], {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PUBLIC_URL: `${desk.baseUrl}/`,
    ADMIN_API_KEY: desk.apiKey,
    ...env,
  });

describe('npm run edition', () => {
  it('watches an edition until it is done', async () => {
    await relay.close();
    const { id } = await sendEdition(desk);
    const command = edition([id, '--watch']);
    await until(
      'the first line',
      30_000,
      async () => command.logs.includes(`edition ${id} sending: 0 of 2`) || undefined,
    );
    await relay.open();
    expect(await command.ended).toMatchObject({ code: 0 });
    expect(command.logs).toMatch(new RegExp(`^edition ${id} done: 2 of 2, 2 accepted$`, 'm'));
    expect(command.logs).not.toContain('\x1b');
  });

  it('prints once without --watch, and ends with 1 for a cancelled one', async () => {
    await relay.close();
    const { id } = await sendEdition(desk);
    const sending = edition([id]);
    expect(await sending.ended).toMatchObject({ code: 0 });
    expect(sending.logs).toContain('2 queued');
    await desk.api(`/api/v1/editions/${id}/cancel`, { method: 'POST' });
    const cancelled = edition([id, '--watch']);
    expect(await cancelled.ended).toMatchObject({ code: 1 });
    expect(cancelled.logs).toContain(`edition ${id} cancelled`);
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['no key', ['1'], { ADMIN_API_KEY: '' }, /^ADMIN_API_KEY is not set\./m],
    ['a wrong key', ['1'], { ADMIN_API_KEY: 'somebody-else' }, /does not know the key in ADMIN_API_KEY \(401\)/],
    ['no such edition', ['999999'], {}, /has no edition 999999 \(404\)/],
    ['nobody there', ['1'], { PUBLIC_URL: 'http://127.0.0.1:1' }, /^Nobody answers at http:\/\/127\.0\.0\.1:1\./m],
    ['no number', ['--watch'], {}, /^npm run edition -- ID/m],
  ])('says what to do about %s', async (_what, args, env, line) => {
    const command = edition(args, env);
    expect(await command.ended).toMatchObject({ code: 1 });
    expect(command.logs).toMatch(line);
  });
});
