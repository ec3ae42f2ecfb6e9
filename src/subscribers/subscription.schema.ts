import { z } from 'zod';
import { weekdaysSchema } from '../lists/list.schema.js';
import { suppressionReasons } from '../suppressions/suppressions.js';
import { subscriptionStates } from './subscription.js';

/** What the reader chose themself. */
const chosen = z.object({
  timeZone: z.string().nullable(),
  localTime: z.string().nullable().describe('HH:MM'),
  weekdays: weekdaysSchema.nullable(),
});

const sections = z.array(z.string()).nullable().describe('null: every section');

/** A subscription as answers show it. */
export const subscriptionSchema = z.object({
  id: z.string(),
  subscriber: z.string().describe('id'),
  list: z.string().describe('slug of the list'),
  state: z.enum(subscriptionStates),
  sections,
  timeZone: z.string(),
  localTime: z.string().describe('HH:MM'),
  weekdays: weekdaysSchema,
  chosen: chosen.describe('what the reader chose; null: as the list has it'),
  pausedUntil: z.iso.date().nullable().describe('the first date of which letters come again; null: not paused'),
  requestedAt: z.iso.datetime(),
  confirmedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});

/** A subscriber with their subscriptions. */
export const subscriberSchema = z.object({
  id: z.string(),
  address: z.string(),
  locale: z.string(),
  timeZone: z.string().nullable().describe('null: the reader has told none'),
  suppressed: z.enum(suppressionReasons).nullable().describe('why no letters go to the address'),
  createdAt: z.iso.datetime(),
  subscriptions: z.array(
    z.object({
      id: z.string(),
      list: z.string().describe('slug of the list'),
      state: z.enum(subscriptionStates),
      sections,
    }),
  ),
});
