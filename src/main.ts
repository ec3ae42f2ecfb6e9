import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FirstKey } from './admin/first-key.js';
import { isDatabaseAway } from './api/problem-of.js';
import { banner } from './boot/banner.js';
import { createApp } from './boot/create-app.js';
import { seedSample } from './boot/seed.js';
import { Stops } from './boot/stops.js';
import { startSurroundings } from './boot/surroundings.js';
import { Ticks } from './clock.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { Clock } from './database/database.module.js';
import { EmbeddedError } from './database/embedded/embedded-error.js';
import { waitForPostgres } from './database/wait-for-postgres.js';

const say = (line: string) => console.log(line);
const stops = new Stops();

/** Boot: read the settings, start what they leave to us, then the roles they name. */
async function main(): Promise<void> {
  const config = await startSurroundings(readConfig(process.env), stops, say);
  const app = await stops.starting(createApp(config), (started) => started.close());
  if (config.ROLES.includes('web')) await app.listen(config.PORT, config.HOST);
  else await app.init();
  const adminKey = config.ROLES.includes('web') ? await furnish(app, config) : null;
  await app.get(Ticks).editions();
  say(banner(config, adminKey));
}

/** What the web role needs before it is of use: a way into the API, and the sample. @returns the admin key, if it was made just now */
async function furnish(app: NestFastifyApplication, config: Readonly<Config>): Promise<string | null> {
  const url = config.DATABASE_URL!;
  const firstKey = await patiently(url, async () =>
    app.get(FirstKey, { strict: false }).run(await app.get(Clock).now()),
  );
  if (config.SEED === 'sample') await patiently(url, () => seedSample(app));
  return firstKey.kind === 'made' ? firstKey.text : null;
}

/** Repeats a step that is safe to repeat for as long as Postgres is away. */
async function patiently<T>(databaseUrl: string, step: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await waitForPostgres(databaseUrl, say);
    }
  }
}

/** A signal to a whole process group arrives once from the terminal and again from each parent that passes it on. */
const echoMs = 1_000;

/** The first signal stops cleanly: letters in hand settle, the others wait, Postgres ends last. A second one does not wait. */
function stopOnSignals(): void {
  let first = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stops.begun && performance.now() - first < echoMs) return;
      if (stops.begun) process.exit(1);
      first = performance.now();
      say(`Stopping (${signal}) …`);
      void stops.run().then(() => process.exit(0));
    });
  }
}

stopOnSignals();
main().catch(async (error: unknown) => {
  if (stops.begun) return; // what was stopped in the middle of its start has good reason to fail
  console.error(error instanceof ConfigError || error instanceof EmbeddedError ? error.message : error);
  await stops.run();
  process.exit(1);
});
