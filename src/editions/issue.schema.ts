import { z } from 'zod';
import { editionKinds, editionStates } from './edition.js';

/** An issue: a list's paper for one local date. */
export const issueSchema = z.object({
  id: z.string(),
  list: z.string().describe('slug of the list'),
  date: z.iso.date(),
  editions: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(editionKinds),
        state: z.enum(editionStates),
        subject: z.string().nullable().describe('null: not composed'),
      }),
    )
    .describe('empty: none was opened yet, such as of an issue that the desk prepares'),
});

export type IssueView = z.output<typeof issueSchema>;
