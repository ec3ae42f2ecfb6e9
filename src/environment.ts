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

/** The operator's settings, each with its check. The table in README is written from this schema by `npm run docs`. */
export const environment = z.object({
  HOST: z.string().default('127.0.0.1').describe('address the web role listens on'),
  PORT: port.default(3000).describe('port of pages and API'),
  PUBLIC_URL: httpUrl
    .optional()
    .describe(
      'what readers type; every link is built from it (default `http://localhost:PORT`; https once SMTP_URL is not loopback)',
    ),
  DATA_DIR: z.string().min(1).default('./data').describe('embedded database, mailbox and secrets'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL 15 or newer (absent: an embedded one under DATA_DIR)'),
  SMTP_URL: relayUrl.optional().describe('relay, `smtp[s]://user:password@host:port` (absent: the built-in mailbox)'),
  SMTP_CONNECTIONS: z.coerce.number().int().min(1).max(500).default(16).describe('connections to relays, per worker'),
  CHANNELS_FILE: z
    .string()
    .optional()
    .describe('JSON file with several relays instead of SMTP_URL (`docs/decisions/0212`)'),
  MAILBOX_PORT: port.default(1080).describe('page of the built-in mailbox'),
  MAILBOX_SMTP_PORT: port.default(1025).describe('SMTP of the built-in mailbox'),
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
    .describe('sender of letters whose list names none (needed once SMTP_URL is not loopback)'),
  BOUNCE_DOMAIN: z.string().optional().describe('domain of the VERP return path (absent: the sender itself)'),
  DKIM_DOMAIN: z
    .string()
    .regex(dnsName(2), 'not a domain')
    .optional()
    .describe('domain that signs, such as `example.org`'),
  DKIM_SELECTOR: z
    .string()
    .regex(dnsName(1), 'not a selector')
    .optional()
    .describe('selector of the DKIM key: what stands before `._domainkey.` in DNS'),
  DKIM_KEY_FILE: z.string().optional().describe('PEM file with the private key'),
  DKIM_ED25519_SELECTOR: z
    .string()
    .regex(dnsName(1), 'not a selector')
    .optional()
    .describe('selector of a second signature, Ed25519 (RFC 8463)'),
  DKIM_ED25519_KEY_FILE: z.string().optional().describe('PEM file with its private key'),
  ROLES: names(['web', 'worker', 'clock']).default(['web', 'worker', 'clock']).describe('what this process does'),
  ADMIN_API_KEY: z
    .string()
    .min(8)
    .optional()
    .describe(
      'a first admin key, 8 characters or more, better 32 (absent: one is made at the first start and printed once)',
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
    .describe('addresses or networks whose X-Forwarded-For is believed'),
  ALLOW_PRIVATE_HOSTS: words.default([]).describe('private hosts that sources may live on, `host` or `host:port`'),
  SEED: z
    .enum(['sample', 'none'])
    .optional()
    .describe('`sample` loads the sample list and feed (default on the embedded database)'),
  CLOCK_OFFSET: z.coerce
    .number()
    .int()
    .default(0)
    .describe('seconds added to the clock, for rehearsals; refused unless SMTP is loopback'),
  CONFIRMATION_PAUSE: z.coerce
    .number()
    .int()
    .min(0)
    .default(900)
    .describe('seconds before a mailbox can be sent another confirmation'),
  CONFIRMATIONS_PER_DAY: z.coerce
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('confirmations a mailbox can be sent in 24 hours'),
  SIGN_UPS_PER_NETWORK: z.coerce
    .number()
    .int()
    .min(0)
    .default(600)
    .describe(
      'posts of the sign-up form from one network (/24, /48) in an hour; one that is not from our pages counts for three; 0: no cap',
    ),
  SIGN_UPS_PER_DOMAIN: z.coerce
    .number()
    .int()
    .min(0)
    .default(3000)
    .describe(
      'sign-ups for addresses of one mail domain in an hour, counted alike; over it no confirmations go there; 0: no cap',
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
    .describe('address of the newsroom, told by mail of sources that fall ill'),
  PROOF_OF_WORK: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      '`on`: the box has the browser work half a second before a sign-up (ALTCHA, no third party); one without counts for ten',
    ),
  EMBEDDINGS_URL: httpUrl
    .optional()
    .describe(
      'endpoint as OpenAI has it, such as `http://127.0.0.1:8080/v1/embeddings`, that helps to tell which articles report one event',
    ),
  EMBEDDINGS_MODEL: z.string().max(200).optional().describe('model that EMBEDDINGS_URL is asked for (needed with it)'),
  EMBEDDINGS_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'not a key')
    .optional()
    .describe('key sent to EMBEDDINGS_URL, if it wants one'),
  SUMMARIES_URL: httpUrl
    .optional()
    .describe(
      'endpoint as OpenAI has it, such as `http://127.0.0.1:8080/v1/chat/completions`, that sums up articles whose sources give no standfirst; what it invents is not taken (`docs/decisions/0471`)',
    ),
  SUMMARIES_MODEL: z.string().max(200).optional().describe('model that SUMMARIES_URL is asked for (needed with it)'),
  SUMMARIES_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'not a key')
    .optional()
    .describe('key sent to SUMMARIES_URL, if it wants one'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much is logged'),
});

export type Environment = z.output<typeof environment>;
