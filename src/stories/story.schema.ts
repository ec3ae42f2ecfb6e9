import { z } from 'zod';

/** A story: articles that report one event. */
export const storySchema = z.object({
  id: z.string(),
  articles: z.array(z.string()).describe('ids'),
  languages: z.array(z.string()),
  publishers: z.array(z.string()),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  score: z.int().describe('how many independent publishers carry it'),
  why: z.array(z.string()).describe('the score in words'),
});
