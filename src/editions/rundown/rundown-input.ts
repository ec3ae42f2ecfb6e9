import { z } from 'zod';
import { id, line, lines } from '../../api/field.js';

const articles = z.array(id).max(50);

/** An empty line is none: the edition's own holds. */
const optionalLine = (longest: number) =>
  line(longest)
    .nullable()
    .default(null)
    .transform((text) => text || null);

/** An issue's rundown as a whole; what is left out is decided away. `version` is the one that was read. */
export const rundownInput = z
  .strictObject({
    version: z.int32().min(0).describe('the version that you read; 0 where there is none yet'),
    pins: articles.default([]).describe('ids of articles, in their order; the first one leads'),
    drops: articles.default([]).describe('ids of articles whose stories stay out'),
    lines: z
      .array(
        z
          .strictObject({
            article: id,
            title: line(300).min(1).optional(),
            standfirst: line(1000).optional(),
          })
          .refine(
            (one) => one.title !== undefined || one.standfirst !== undefined,
            'has no line; send title or standfirst',
          ),
      )
      .max(50)
      .default([])
      .describe('title or standfirst as they shall read in this issue'),
    note: lines(1000)
      .nullable()
      .default(null)
      .transform((text) => text || null)
      .describe('editor’s note above the stories'),
    subject: optionalLine(200),
    preheader: optionalLine(300),
    hold: z.boolean().default(false).describe('true: nothing goes out until an editor sends false'),
  })
  .superRefine(({ pins, drops, lines: rewritten }, context) => {
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    pins.forEach((article, index) => {
      if (pins.indexOf(article) < index) say(['pins', index], 'is pinned above already; send it once');
      if (drops.includes(article)) say(['pins', index], 'is dropped too; pin it or drop it');
    });
    drops.forEach((article, index) => {
      if (drops.indexOf(article) < index) say(['drops', index], 'is dropped above already; send it once');
    });
    rewritten.forEach(({ article }, index) => {
      if (rewritten.findIndex((one) => one.article === article) < index)
        say(['lines', index, 'article'], 'has lines above already; send them together');
    });
  });

export type RundownInput = z.output<typeof rundownInput>;
