import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbedded } from '../../dist/database/embedded.js';
import { migrate } from '../../dist/database/migrate.js';
import { removeEmbedded } from '../../test/support/remove-embedded.mjs';
import { ask, atEnd, familyCpuSeconds, startScript, startService, stop } from './processes.mjs';

const secret = 'k1:a-secret-of-the-bench-that-is-long-enough';

/** An embedded Postgres of the bench's own, with its defaults: every COMMIT waits for the disk. */
export async function openGround() {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'brief-bench-'));
  const postgres = await startEmbedded(folder);
  atEnd(async () => {
    await postgres.stop();
    removeEmbedded(folder);
  });
  const home = realpathSync(join(folder, 'postgres'));
  const pid = Number(readFileSync(join(home, 'postmaster.pid'), 'utf8').split('\n')[0]);
  await migrate(postgres.url);
  return new Ground(postgres.url, pid, folder);
}

class Ground {
  #databases = 0;

  constructor(templateUrl, postmaster, folder) {
    this.templateUrl = templateUrl;
    this.postmaster = postmaster;
    this.folder = folder;
  }

  /** A migrated, empty database. */
  async database() {
    const name = `bench_${++this.#databases}`;
    const maintenance = await connect(at(this.templateUrl, 'postgres'));
    await maintenance.query(`create database ${name} template brief`);
    await maintenance.end();
    return at(this.templateUrl, name);
  }

  get cpuSeconds() {
    return familyCpuSeconds(this.postmaster);
  }

  /** A key as an operator makes it. */
  dkim() {
    const file = join(this.folder, 'dkim.pem');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return { DKIM_DOMAIN: 'news.example', DKIM_SELECTOR: 'bench', DKIM_KEY_FILE: file };
  }

  service(databaseUrl, roles, settings = {}, nodeFlags = []) {
    const common = {
      DATABASE_URL: databaseUrl,
      SECRET: secret,
      SEED: 'none',
      LOG_LEVEL: 'error',
      DATA_DIR: this.folder,
    };
    return startService({ ...common, ROLES: roles, ...settings }, nodeFlags);
  }
}

export async function openSink(settings = {}) {
  const child = startScript('sink.mjs', settings);
  const [{ port }] = await once(child, 'message');
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    /** letters so far, and when the first and the last of them were taken (ms) */
    seen: () => ask(child, 'seen'),
    again: () => ask(child, 'again'),
    close: () => stop(child),
    /** Waits for that many letters. @returns letters per second between the first and the last */
    async rate(count, limitMs) {
      const until = performance.now() + limitMs;
      for (;;) {
        const { letters, firstAt, lastAt } = await this.seen();
        if (letters >= count) return ((letters - 1) / (lastAt - firstAt)) * 1000;
        if (performance.now() > until) throw new Error(`${letters} of ${count} letters after ${limitMs / 1000} s`);
        await sleep(100);
      }
    },
  };
}

export async function connect(url) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the server ends first when a section fails
  await client.connect();
  return client;
}

const at = (url, database) => Object.assign(new URL(url), { pathname: `/${database}` }).href;
