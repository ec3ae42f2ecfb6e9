import { mkdir } from 'node:fs/promises';
import { ConfigError, usesBuiltInMailbox, type Config } from '../config.js';
import { startEmbedded } from '../database/embedded.js';
import { migrate } from '../database/migrate.js';
import { waitForPostgres } from '../database/wait-for-postgres.js';
import { startBuiltInMailbox } from '../mail/built-in-mailbox.js';
import { readDkimKeys } from '../mail/dkim.js';
import { checkPorts } from './check-ports.js';
import { keptSecret } from './secret.js';
import type { Stops } from './stops.js';

/**
 * Starts what the settings leave to us (database, mailbox), waits for what they name, and brings the database up to date.
 * @returns the settings with DATABASE_URL and SECRET filled in
 */
export async function startSurroundings(
  config: Readonly<Config>,
  stops: Stops,
  say: (line: string) => void,
): Promise<Readonly<Config>> {
  readDkimKeys(config);
  await checkPorts(config);
  const url = config.DATABASE_URL ?? (await startDatabase(config, stops, say));
  await waitForPostgres(url, say);
  await migrate(url);
  if (usesBuiltInMailbox(config)) await stops.starting(startBuiltInMailbox(config), (mailbox) => mailbox.stop());
  const secret = config.SECRET ?? (await keptSecret(config.DATA_DIR));
  return Object.freeze({ ...config, DATABASE_URL: url, SECRET: secret });
}

async function startDatabase(config: Readonly<Config>, stops: Stops, say: (line: string) => void): Promise<string> {
  await mkdir(config.DATA_DIR, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(
      `DATA_DIR: "${config.DATA_DIR}" cannot be made (${error.code}). Set it to a folder that this user can write to.`,
    );
  });
  const postgres = await stops.starting(startEmbedded(config.DATA_DIR, say), (started) => started.stop());
  return postgres.url;
}
