import { isIP } from 'node:net';
import { z } from 'zod';
import { relayUrl } from './mail/channel-settings.js';
import { parseAddress } from './mail/address.js';
import { parseMailbox, type Mailbox } from './mail/mailbox.js';

const port = z.coerce.number().int().min(1).max(65535);
const boxed = (text: string) => text.trim().replace(/\/+$/, '');
const httpUrl = z.url({ protocol: /^https?$/, hostname: /.+/ }).transform(boxed);
const names = <const T extends string>(allowed: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(allowed)).min(1));
const words = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean),
);

const labelOf = '(?!_domainkey)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
/** RFC 6376 §3.1: a selector is a name as a domain is, of one label or more. */
const dnsName = (labels: 1 | 2) => new RegExp(`^${labelOf}([.]${labelOf})${labels === 1 ? '*' : '+'}$`, 'i');

const isNetwork = (text: string) => isIP(text.split('/')[0]!) !== 0 && /^[^/]+(\/\d{1,3})?$/.test(text);

/** The operator's settings, each with its check. `npm run docs` writes docs/SETTINGS.md from this schema. */
export const environment = z.object({
  HOST: z.string().default('127.0.0.1').describe('network address that the web role listens on'),
  PORT: port.default(3000).describe('port of pages and API'),
  PUBLIC_URL: httpUrl
    .optional()
    .describe(
      'public address of the service; every link starts with it (default `http://localhost:PORT`; must be https when SMTP_URL is not loopback)',
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('folder of the embedded database, the mailbox and the secrets'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL 15 or newer (not set: an embedded one under DATA_DIR)'),
  SMTP_URL: relayUrl
    .optional()
    .describe('mail server that sends, `smtp[s]://user:password@host:port` (not set: the built-in mailbox)'),
  SMTP_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(16)
    .describe('connections to mail servers, per worker'),
  CHANNELS_FILE: z
    .string()
    .optional()
    .describe('JSON file with several mail servers, instead of SMTP_URL (`docs/decisions/0212`)'),
  MAILBOX_PORT: port.default(1080).describe('port of the web page of the built-in mailbox'),
  MAILBOX_SMTP_PORT: port.default(1025).describe('SMTP port of the built-in mailbox'),
  MAIL_FROM: z
    .string()
    .transform((text, context): Mailbox => {
      const mailbox = parseMailbox(text);
      if (mailbox) return mailbox;
      context.addIssue({
        code: 'custom',
        message: 'expected one mailbox, such as Daily news brief <brief@example.org>',
      });
      return z.NEVER;
    })
    .optional()
    .describe('sender, for lists that name none (required when SMTP_URL is not loopback)'),
  BOUNCE_DOMAIN: z
    .string()
    .optional()
    .describe('domain of the VERP return path (not set: the return path is the sender)'),
  DKIM_DOMAIN: z
    .string()
    .regex(dnsName(2), 'not a domain')
    .optional()
    .describe('domain of the DKIM signature, such as `example.org`'),
  DKIM_SELECTOR: z
    .string()
    .regex(dnsName(1), 'not a selector')
    .optional()
    .describe('selector of the DKIM key: the part before `._domainkey.` in DNS'),
  DKIM_KEY_FILE: z.string().optional().describe('PEM file with the private key'),
  DKIM_ED25519_SELECTOR: z
    .string()
    .regex(dnsName(1), 'not a selector')
    .optional()
    .describe('selector of a second signature, Ed25519 (RFC 8463)'),
  DKIM_ED25519_KEY_FILE: z.string().optional().describe('PEM file with the private key of the second signature'),
  ROLES: names(['web', 'worker', 'clock']).default(['web', 'worker', 'clock']).describe('tasks of this process'),
  ADMIN_API_KEY: z
    .string()
    .min(8)
    .optional()
    .describe(
      'a first admin key, 24 characters or more (8 while SMTP_URL is loopback; absent: one is made at the first start and printed once)',
    ),
  SECRET: z
    .string()
    .regex(/^[a-z0-9]{1,16}:[^,:]{32,}(,[a-z0-9]{1,16}:[^,:]{32,})*$/)
    .optional()
    .describe(
      '`id:value[,id:value]`, values of 32 characters or more; the first signs, all verify (must be set with DATABASE_URL)',
    ),
  TRUSTED_PROXIES: words
    .refine((list) => list.every(isNetwork), 'expected addresses or networks such as 10.0.0.0/8')
    .default([])
    .describe('addresses or networks of proxies whose X-Forwarded-For header is trusted'),
  ALLOW_PRIVATE_HOSTS: words
    .default([])
    .describe('private hosts from which sources may be fetched, `host` or `host:port`'),
  SEED: z
    .enum(['sample', 'none'])
    .optional()
    .describe('`sample` loads the sample list and feed (the default with the embedded database)'),
  CLOCK_OFFSET: z.coerce
    .number()
    .int()
    .default(0)
    .describe('seconds added to the clock, for tests; refused unless SMTP_URL is loopback'),
  CONFIRMATION_PAUSE: z.coerce
    .number()
    .int()
    .min(0)
    .default(900)
    .describe('seconds before a mailbox is sent another confirmation email'),
  CONFIRMATIONS_PER_DAY: z.coerce
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('confirmation emails that a mailbox is sent at most in 24 hours'),
  SIGN_UPS_PER_NETWORK: z.coerce
    .number()
    .int()
    .min(0)
    .default(600)
    .describe(
      'sign-ups accepted from one network (/24, /48) in an hour; a post that does not come from our pages counts as three; 0: no limit',
    ),
  SIGN_UPS_PER_DOMAIN: z.coerce
    .number()
    .int()
    .min(0)
    .default(3000)
    .describe(
      'sign-ups for one mail domain in an hour, counted alike; above it no confirmation emails are sent there; 0: no limit',
    ),
  DESK_MAIL: z
    .string()
    .transform((text, context) => {
      const parsed = parseAddress(text);
      if (parsed.kind === 'address') return parsed.address;
      context.addIssue({ code: 'custom', message: `not a mail address (${parsed.fault})` });
      return z.NEVER;
    })
    .optional()
    .describe('email address of the newsroom; it is told when a source fails'),
  PROOF_OF_WORK: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      '`on`: the browser computes for half a second before a sign-up (ALTCHA, no third party); a sign-up without it counts as ten',
    ),
  EMBEDDINGS_URL: httpUrl
    .optional()
    .describe(
      'OpenAI-compatible endpoint, such as `http://127.0.0.1:8080/v1/embeddings`; it helps to find articles about the same event',
    ),
  EMBEDDINGS_MODEL: z.string().max(200).optional().describe('name of the model (required with EMBEDDINGS_URL)'),
  EMBEDDINGS_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'not a key')
    .optional()
    .describe('key sent to EMBEDDINGS_URL, if it needs one'),
  SUMMARIES_URL: httpUrl
    .optional()
    .describe(
      'OpenAI-compatible endpoint, such as `http://127.0.0.1:8080/v1/chat/completions`; it summarises articles that come without a summary; invented facts are rejected (`docs/decisions/0471`)',
    ),
  SUMMARIES_MODEL: z.string().max(200).optional().describe('name of the model (required with SUMMARIES_URL)'),
  SUMMARIES_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'not a key')
    .optional()
    .describe('key sent to SUMMARIES_URL, if it needs one'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('least level that is logged'),
});

export type Environment = z.output<typeof environment>;
