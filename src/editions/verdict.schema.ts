import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import { reasonKinds } from './score-story.js';
import type { VerdictView } from './verdicts.js';

/** A story that an edition could carry, and why it does or does not. */
export const verdictSchema = schemaOf<VerdictView>()(
  z.object({
    storyId: z.string(),
    articleId: z.string().describe('the article that tells it'),
    title: z.string(),
    publisher: z.string(),
    section: z.string(),
    chosen: z.boolean(),
    update: z.boolean().describe('true: readers have had it, and there is materially more now'),
    score: z.number(),
    why: z.array(
      z.object({
        kind: z.enum(reasonKinds).describe('for machines'),
        text: z.string().describe('for people'),
      }),
    ),
  }),
);
