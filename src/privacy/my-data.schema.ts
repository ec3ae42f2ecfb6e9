import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import { deliveryKinds, deliveryStates } from '../deliveries/delivery.js';
import { weekdaysSchema } from '../lists/list.schema.js';
import { letterStates } from '../mail/outbox.js';
import { consentKinds } from '../subscribers/consent.js';
import { subscriptionStates } from '../subscribers/subscription.js';
import { suppressionReasons } from '../suppressions/suppressions.js';
import type { MyData } from './read-my-data.js';

/** An instant as Postgres writes it into JSON. */
const instant = z.iso.datetime({ offset: true });

const subscription = z.object({
  list: z.string().describe('slug of the list'),
  name: z.string(),
  state: z.enum(subscriptionStates),
  sections: z.array(z.string()).nullable().describe('null: every section'),
  timeZone: z.string(),
  localTime: z.string().describe('HH:MM'),
  weekdays: weekdaysSchema,
  pausedUntil: z.iso.date().nullable().describe('the first date of which letters come again'),
  requestedAt: instant,
  confirmedAt: instant.nullable(),
  endedAt: instant.nullable(),
});

const consent = z.object({
  list: z.string(),
  kind: z.enum(consentKinds),
  at: instant,
  network: z.string().nullable().describe('of the client, /24 or /48; null: no client was involved'),
  shown: z.string().describe('what the person saw'),
  detail: z.record(z.string(), z.unknown()),
});

const edition = z.object({
  list: z.string(),
  kind: z.enum(deliveryKinds),
  date: z.iso.date(),
  subject: z.string().nullable(),
  state: z.enum(deliveryStates),
  reply: z.string().nullable().describe('the relay’s last word'),
  settledAt: z.iso.datetime().nullable(),
});

/** Everything that is held about one person. */
export const myDataSchema = schemaOf<MyData>()(
  z.object({
    address: z.string(),
    locale: z.string(),
    timeZone: z.string().nullable(),
    since: z.iso.datetime(),
    subscriptions: z.array(subscription),
    addressChanges: z.array(
      z.object({ from: z.string(), to: z.string(), requestedAt: instant, confirmedAt: instant.nullable() }),
    ),
    consent: z.array(consent).describe('everything they asked for, and what they were shown'),
    suppression: z
      .object({ reason: z.enum(suppressionReasons), detail: z.string(), since: z.iso.datetime() })
      .nullable()
      .describe('why no letters go to the address, if they do not'),
    editions: z.array(edition),
    otherLetters: z
      .array(
        z.object({
          kind: z.string(),
          state: z.enum(letterStates),
          postedAt: z.iso.datetime(),
          reply: z.string().nullable(),
        }),
      )
      .describe('confirmations and the like of the last days'),
  }),
);
