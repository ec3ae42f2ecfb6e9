import { z } from 'zod';
import { schemaOf } from '../api/answer.js';
import type { ArticleView } from './article-view.js';
import { shows } from './source.entity.js';
import { standfirstOrigins } from './summary/standfirst-of.js';

const figure = z.object({
  src: z.string().describe('address of our copy'),
  alt: z.string(),
  caption: z.string(),
  credit: z.string(),
});

/** An article as answers show it. */
export const articleSchema = schemaOf<ArticleView>()(
  z.object({
    id: z.string(),
    url: z.string().describe('the original; for one’s own the same as page'),
    page: z.string().describe('its address here'),
    slug: z.string(),
    title: z.string(),
    standfirst: z.string(),
    standfirstFrom: z.enum(standfirstOrigins).describe('whose words it has'),
    body: z.string().describe('sanitised HTML'),
    figures: z.array(figure),
    section: z.string(),
    language: z.string(),
    author: z.string().nullable(),
    publisher: z.string(),
    show: z.enum(shows),
    source: z.string().nullable().describe('id; null: pushed through the API'),
    sameTextAs: z.string().nullable().describe('id of the first article with nearly the same text'),
    dated: z.boolean().describe('false: it came without a date, and publishedAt is when it was first seen'),
    publishedAt: z.iso.datetime(),
    firstSeenAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    withdrawnAt: z.iso.datetime().nullable(),
  }),
);

/** An article just written. */
export const writtenArticleSchema = articleSchema.extend({
  leftOut: z
    .array(z.object({ src: z.string(), reason: z.string() }))
    .describe('the pictures that could not be had, and why'),
});

/** What an article said before it was changed. */
export const articleVersionSchema = z.object({
  replacedAt: z.iso.datetime(),
  title: z.string(),
  standfirst: z.string(),
  body: z.string(),
});
