import { unitVector } from './closeness.js';
import { readFeatures } from './read-features.js';
import type { IndexedArticle } from './story-index.js';

/** An article as stories read it. */
export interface ArticleRow {
  id: string;
  language: string;
  title: string;
  standfirst: string;
  body: string;
  publishedAt: Date;
  firstSeenAt: Date;
  vector: number[] | null;
}

/** Of article `a`; $3: the embedding model. */
export const columns = `a.id, a.language, a.title, a.standfirst, left(a.body, 1500) as body, a.published_at as "publishedAt", a.first_seen_at as "firstSeenAt", 
  (select v.vector from article_vector v where v.article_id = a.id and v.model = $3) as vector`;

export function indexed(row: ArticleRow): IndexedArticle {
  const body = row.body.replace(/<[^>]*>?/g, ' ');
  return {
    id: row.id,
    language: row.language.slice(0, 2),
    at: row.publishedAt.getTime(),
    features: readFeatures({ title: row.title, standfirst: row.standfirst, body }),
    vector: row.vector && unitVector(row.vector),
  };
}
