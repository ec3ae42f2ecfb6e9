import { z } from 'zod';
import { line } from '../api/field.js';
import { canonicalUrl } from './canonical-url.js';
import { language, section } from './fields.js';
import { shows, sourceKinds } from './source.entity.js';

const fields = {
  url: z
    .string()
    .trim()
    .max(2_000)
    .refine((text) => canonicalUrl(text) !== null, {
      message: 'is not an http(s) address',
      params: { fix: 'Send the absolute address of an RSS, Atom or JSON feed, or of a page.' },
    })
    .describe('address of the feed or page')
    .meta({ examples: ['https://example.org/feed.xml'] }),
  title: line(200).describe('publisher that readers see; empty: as the feed says'),
  section: section.nullable().describe('section of all its articles; null: as the feed says, else World'),
  language: language.nullable().describe('language of all its articles; null: as the feed says, else en'),
  weight: z.number().min(0.01).max(100).describe('how much it counts, 0.01 to 100; 1 is usual'),
  show: z
    .enum(shows)
    .describe('excerpt: title, standfirst and a link to the original; full: one’s own, shown as a whole'),
  complete: z
    .boolean()
    .describe('true: what an item lacks is read from the article’s own page, if robots.txt of its site allows'),
};

/** POST. */
export const newSource = z.strictObject({
  kind: z.enum(sourceKinds).default('feed').describe('feed, or page: a page to watch, whose links are articles'),
  url: fields.url,
  title: fields.title.default(''),
  section: fields.section.default(null),
  language: fields.language.default(null),
  weight: fields.weight.default(1),
  show: fields.show.default('excerpt'),
  complete: fields.complete.default(true),
});

/** POST discover. */
export const discovery = z.strictObject({ url: fields.url.describe('address of a site, or of one of its pages') });

/** PATCH: what changes. */
export const sourceChange = z
  .strictObject({ ...fields, state: z.enum(['active', 'paused']).describe('paused sources are not polled') })
  .partial();

export type NewSource = z.output<typeof newSource>;
export type SourceChange = z.output<typeof sourceChange>;
