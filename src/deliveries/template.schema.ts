import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import type { StoredTemplate } from '../lists/save-template.js';

/** A list's own template, MJML with Liquid in it. */
export const templateSchema = schemaOf<StoredTemplate>()(
  z.object({
    draft: z.string().nullable().describe('null: what was saved is live'),
    live: z.string().nullable().describe('null: none was published'),
    savedAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().nullable(),
    problem: z.string().nullable().describe('why the live one was not used when it was used last'),
  }),
);
