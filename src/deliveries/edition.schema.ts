import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import { editionKinds, editionStates } from '../editions/edition.js';
import { deliveryStates } from './delivery.js';
import type { EditionView } from './edition-view.js';

/** An edition as answers show it in a list. */
export const editionSchema = schemaOf<EditionView>()(
  z.object({
    id: z.string(),
    list: z.string().describe('slug of the list'),
    kind: z.enum(editionKinds),
    state: z.enum(editionStates),
    reason: z.string().nullable().describe('why it is paused, held, skipped or cancelled'),
    dueAt: z.iso.datetime(),
    localDate: z.iso.date(),
    subject: z.string().nullable().describe('null: not composed'),
    stories: z.int(),
    composedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    counts: z
      .partialRecord(z.enum(deliveryStates), z.int())
      .describe('its deliveries by state; a state without any is absent'),
  }),
);

/** The same alone, with its pace. */
export const pacedEditionSchema = editionSchema.extend({
  rate: z.number().describe('accepted per second, over the last minute or since the first of them'),
  estimatedEnd: z.iso.datetime().nullable().describe('null while nothing goes out'),
});

export const retriedEditionSchema = pacedEditionSchema.extend({
  retried: z.int().describe('deliveries that are tried again'),
});
