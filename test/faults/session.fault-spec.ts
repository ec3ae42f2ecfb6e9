import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { named, prepareGround, Trial, type Ground } from '../support/trial.js';
import { until } from '../support/until.js';

/** A relay with a name and a password, whose certificate has to be good: what waiting does not mend, and a person must. */
const file = (name: string) => resolve('test/support/certificates', name);
const read = (name: string) => readFileSync(file(name), 'utf8');
const good = { key: read('key.pem'), cert: read('good.pem') };
const expired = { key: good.key, cert: read('expired.pem') };
const folder = mkdtempSync(join(tmpdir(), 'brief-certificates-'));
const trusted = join(folder, 'trusted.pem');
let ground: Ground;

beforeAll(async () => {
  writeFileSync(trusted, good.cert + expired.cert);
  ground = await prepareGround();
  ground.workerEnv = {
    SMTP_URL: `smtp://desk:a-password@relay.test:${ground.relay.port}`,
    ...{ PUBLIC_URL: 'https://news.example', MAIL_FROM: 'Brief <brief@news.example>' },
    NODE_EXTRA_CA_CERTS: trusted,
    NODE_OPTIONS: `--import=${resolve('test/support/name-relay.mjs')}`,
  };
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('a session that the relay, or we, refuse in mid-edition', () => {
  it.each([
    [
      'AUTH: 535',
      /user name or password/,
      () => ground.relay.misbehave('auth', { act: 'reply', text: '535 5.7.8 no' }),
    ],
    ['its certificate has expired', /certificate/, () => void (ground.relay.certificate = expired)],
    ['STARTTLS is stripped', /no TLS/, () => void (ground.relay.certificate = undefined)],
  ])('%s', async (name, sentence, spoil) => {
    ground.relay.certificate = good;
    const trial = await Trial.open(ground, name, { readers: named('ok', 60) });
    const gate = ground.relay.hold('rcpt', /^ok\.30@/);
    await trial.send();
    const workers = [await trial.worker(), await trial.worker()];
    await gate.reached;
    spoil();
    ground.relay.down(); // sessions that are kept open have shown and been asked already
    gate.release();
    await ground.relay.up();
    await until('both workers to say why', 30_000, async () =>
      workers.every(({ logs }) => sentence.test(logs)) ? true : undefined,
    );
    const { accepted = 0, unknown = 0, refused = 0 } = await trial.counts();
    expect([accepted + unknown < 60, refused]).toEqual([true, 0]);

    // A person puts it right and starts again.
    ground.relay.misbehave('auth', null);
    ground.relay.certificate = good;
    await Promise.all(workers.map((worker) => worker.stop()));
    trial.unknownAllowed = 8; // lines that were cut after the final dot
    await trial.worker();
    await trial.drained();
    await trial.hasten();
    await trial.drained();
    const end = await trial.counts();
    await trial.judge({ accepted: 60 - (end.unknown ?? 0) });
  });
});
