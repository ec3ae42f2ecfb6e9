import { z } from 'zod';
import { schemaOf } from '../../api/answer.js';
import { correctionKinds, type Correction } from '../../articles/read-corrections.js';

/** What was put right in an article. */
export const correctionSchema = schemaOf<Correction>()(
  z.object({
    id: z.string(),
    articleId: z.string(),
    kind: z.enum(correctionKinds),
    text: z.string().describe('what was wrong and what is right, as readers are told'),
    was: z.object({ title: z.string(), standfirst: z.string() }).describe('the lines before it'),
    now: z
      .object({ title: z.string(), standfirst: z.string() })
      .nullable()
      .describe('the lines as they are now; null: the article was taken back'),
    madeAt: z.iso.datetime(),
  }),
);

export const madeCorrectionSchema = z.object({
  id: z.string(),
  variants: z.int().describe('letters under way that were corrected, or ended for want of a story'),
});
