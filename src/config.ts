import type { z } from 'zod';
import { environment, type Environment } from './environment.js';
import { isLoopback, readChannels, type ChannelSettings } from './mail/channel-settings.js';
import type { Mailbox } from './mail/mailbox.js';

export type Role = Environment['ROLES'][number];

export interface Config extends Omit<Environment, 'PUBLIC_URL' | 'SEED' | 'MAIL_FROM'> {
  readonly PUBLIC_URL: string;
  readonly SEED: 'sample' | 'none';
  readonly MAIL_FROM: Mailbox;
  /** the relays of SMTP_URL or CHANNELS_FILE, or the built-in mailbox */
  readonly CHANNELS: ChannelSettings[];
}

/** A setting is wrong. `message` names the variable, what was found and what is expected, one line each. */
export class ConfigError extends Error {}

/** Nest's token for the frozen settings. */
export const CONFIG = Symbol('config');

/**
 * Reads and checks all settings at once.
 * @throws {ConfigError} that lists every wrong variable
 */
export function readConfig(env: Record<string, string | undefined>): Readonly<Config> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => describeIssue(issue, given)).join('\n'));
  const settings = parsed.data;
  const channels = channelsOf(settings);
  if ('faults' in channels)
    throw new ConfigError(
      channels.faults.map((fault) => `CHANNELS_FILE: ${fault}. See docs/decisions/0212.`).join('\n'),
    );
  const config: Config = {
    ...settings,
    CHANNELS: channels,
    PUBLIC_URL: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    SEED: settings.SEED ?? (settings.DATABASE_URL ? 'none' : 'sample'),
    MAIL_FROM: settings.MAIL_FROM ?? { name: 'Daily news brief', address: 'brief@news.example' },
  };
  const problems = [...checkTogether(config, settings)];
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return Object.freeze(config);
}

/** True when letters go to this machine only: the built-in mailbox, or relays on loopback. */
const smtpIsLoopback = ({ CHANNELS }: Config): boolean => CHANNELS.every(({ url }) => isLoopback(url));

/** True when there is no relay: letters stay in a mailbox of our own. */
export const usesBuiltInMailbox = ({ SMTP_URL, CHANNELS_FILE }: Pick<Config, 'SMTP_URL' | 'CHANNELS_FILE'>): boolean =>
  !SMTP_URL && !CHANNELS_FILE;

function channelsOf(settings: Environment): ChannelSettings[] | { faults: string[] } {
  const { SMTP_CONNECTIONS: connections, CHANNELS_FILE: file } = settings;
  if (file) return readChannels(file, connections);
  const url = settings.SMTP_URL ?? `smtp://127.0.0.1:${settings.MAILBOX_SMTP_PORT}`;
  return [{ name: 'default', url, weight: 1, connections, perSecond: null, warmUp: [] }];
}

const shortestAdminKey = 24;

function describeIssue(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  const secret = /SECRET|KEY|_URL$/.test(name);
  const found = secret ? 'a value that is not shown here' : JSON.stringify(given[name]);
  const expected = environment.shape[name as keyof Environment].description;
  return `${name}: found ${found}; ${issue.message}. Expected: ${expected}.`;
}

function* checkTogether(config: Config, settings: Environment): Generator<string> {
  if (!smtpIsLoopback(config)) {
    if (config.CLOCK_OFFSET !== 0)
      yield `CLOCK_OFFSET: found ${config.CLOCK_OFFSET} with an SMTP_URL that is not loopback. Expected: 0, or a relay on 127.0.0.1.`;
    if (!config.PUBLIC_URL.startsWith('https://'))
      yield `PUBLIC_URL: found "${config.PUBLIC_URL}". Expected: an https address, because SMTP_URL is not loopback and letters will link to it.`;
    if (config.ADMIN_API_KEY && config.ADMIN_API_KEY.length < shortestAdminKey)
      yield `ADMIN_API_KEY: found ${config.ADMIN_API_KEY.length} characters with an SMTP_URL that is not loopback. Expected: ${shortestAdminKey} or more, or a short one is guessed.`;
    if (!settings.MAIL_FROM)
      yield 'MAIL_FROM: found nothing. Expected: the sender of the letters, such as Daily news brief <brief@example.org>.';
  }
  if (config.DATABASE_URL && !config.SECRET)
    yield 'SECRET: found nothing. Expected with DATABASE_URL: id:value, such as k1:<32 random characters or more>, the same on every machine.';
  if (config.SMTP_URL && config.CHANNELS_FILE)
    yield 'SMTP_URL, CHANNELS_FILE: found both. Expected: one of them; put the relay of SMTP_URL into the file.';
  const ports = [config.PORT, ...(!usesBuiltInMailbox(config) ? [] : [config.MAILBOX_PORT, config.MAILBOX_SMTP_PORT])];
  if (new Set(ports).size < ports.length)
    yield `PORT, MAILBOX_PORT, MAILBOX_SMTP_PORT: found ${ports.join(', ')}. Expected: a port for each of them.`;
  if (
    Boolean(config.EMBEDDINGS_URL) !== Boolean(config.EMBEDDINGS_MODEL) ||
    (config.EMBEDDINGS_KEY && !config.EMBEDDINGS_URL)
  )
    yield 'EMBEDDINGS_URL, EMBEDDINGS_MODEL, EMBEDDINGS_KEY: found only some. Expected: URL and model (a key if the endpoint wants one), or none.';
  if (
    Boolean(config.SUMMARIES_URL) !== Boolean(config.SUMMARIES_MODEL) ||
    (config.SUMMARIES_KEY && !config.SUMMARIES_URL)
  )
    yield 'SUMMARIES_URL, SUMMARIES_MODEL, SUMMARIES_KEY: found only some. Expected: URL and model (a key if the endpoint wants one), or none.';
  const dkim = [config.DKIM_DOMAIN, config.DKIM_SELECTOR, config.DKIM_KEY_FILE].filter(Boolean).length;
  if (dkim !== 0 && dkim !== 3)
    yield 'DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY_FILE: found only some. Expected: all three, or none.';
  const second = [config.DKIM_ED25519_SELECTOR, config.DKIM_ED25519_KEY_FILE].filter(Boolean).length;
  if (second === 1 || (second === 2 && dkim === 0))
    yield 'DKIM_ED25519_SELECTOR, DKIM_ED25519_KEY_FILE: found only some of what they need. Expected: both, beside DKIM_DOMAIN and the RSA key, or none.';
  if (config.DKIM_ED25519_SELECTOR && config.DKIM_ED25519_SELECTOR === config.DKIM_SELECTOR)
    yield `DKIM_ED25519_SELECTOR: found "${config.DKIM_SELECTOR}", that of DKIM_SELECTOR. Expected: another, for a selector has one key.`;
}
