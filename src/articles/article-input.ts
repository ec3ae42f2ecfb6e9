import { z } from 'zod';
import { instant, line } from '../api/field.js';
import { isVisible } from '../api/visible.js';
import { canonicalUrl } from './canonical-url.js';
import { language, section } from './fields.js';
import { defaultSection } from './sections.js';

const src = z
  .string()
  .max(2_000)
  .refine((text) => !/^\s*data:/i.test(text), {
    message: 'is a data: address, which is not kept',
    params: { fix: 'Put the picture on a web server and send its http(s) address; it is copied from there once.' },
    abort: true,
  })
  .refine((text) => canonicalUrl(text) !== null || /^\/pictures\/[0-9a-f]{32}\.jpg$/.test(text), {
    message: 'is not an http(s) address',
    params: { fix: 'Send an absolute address such as https://example.org/picture.jpg.' },
  })
  .describe('address of a JPEG, PNG, WebP, AVIF or GIF; it is copied and served from here')
  .meta({ examples: ['https://example.org/pictures/camp.jpg'] });

const figure = z.strictObject({
  src,
  alt: line(1_000).default('').describe('what the picture shows, for those who do not see it'),
  caption: line(1_000).default('').describe('the words below it, plain text'),
  credit: line(200).default('').describe('who made it'),
});

const fields = {
  title: line(300)
    .min(1)
    .describe('headline, one line of plain text')
    .meta({ examples: ['Iraq presses for closure of Camp Ashraf'] }),
  standfirst: z.string().max(4_000).describe('one or two sentences of plain text; 400 characters are kept'),
  body: z
    .string()
    .max(200_000)
    .describe('HTML; p, h2, h3, blockquote, ul, ol, a, em and strong are kept, pictures become figures'),
  figures: z.array(figure).max(10).describe('pictures with their captions; the first leads'),
  section,
  language,
  author: line(200).nullable().describe('byline; null: none is named'),
  publisher: line(120).min(1).describe('who publishes it; the brief itself if absent'),
  publishedAt: instant.describe('when it was published, ISO 8601 with offset; a time to come is taken as now'),
};

/** POST: the whole article. */
export const newArticle = z
  .strictObject({
    ...fields,
    url: z
      .string()
      .max(2_000)
      .refine((text) => canonicalUrl(text) !== null, {
        message: 'is not an http(s) address',
        params: { fix: 'Send the absolute address of the original, or leave url out for an article of your own.' },
      })
      .optional()
      .describe('address of the original, which makes the article unique; absent: its page here is the original')
      .meta({ examples: ['https://example.org/world/camp-ashraf'] }),
    standfirst: fields.standfirst.default(''),
    body: fields.body.default(''),
    figures: fields.figures.default([]),
    section: section.default(defaultSection),
    language: language.default('en'),
    author: fields.author.default(null),
    publisher: fields.publisher.optional(),
    publishedAt: fields.publishedAt.optional(),
  })
  .refine(({ body, standfirst }) => isVisible(body) || isVisible(standfirst), {
    path: ['body'],
    message: 'is empty, and so is standfirst',
    params: { fix: 'Send a body (HTML) or at least a standfirst.' },
  });

/** PATCH: what changes. */
export const articleChange = z
  .strictObject({ ...fields, withdrawn: z.boolean().describe('true takes it back, false publishes it again') })
  .partial();

export type NewArticle = z.output<typeof newArticle>;
export type ArticleChange = z.output<typeof articleChange>;
