import { clip } from '../text/clip.js';
import { extractSummary } from './extract-summary.js';

/** Whose words a standfirst has: the publisher's (or the desk's), sentences of the article's own text, or a model's. */
export const standfirstOrigins = ['publisher', 'extract', 'model'] as const;
export type StandfirstFrom = (typeof standfirstOrigins)[number];

export interface Standfirst {
  standfirst: string;
  standfirstFrom: StandfirstFrom;
}

/** UTF-16 units. */
export const standfirstLength = 400;

/** The standfirst that was given, as plain text; without one, what the article itself says in a sentence or two. */
export function standfirstOf(given: string, article: { title: string; html: string; language: string }): Standfirst {
  return given
    ? { standfirst: clip(given, standfirstLength, article.language), standfirstFrom: 'publisher' }
    : { standfirst: extractSummary(article), standfirstFrom: 'extract' };
}
