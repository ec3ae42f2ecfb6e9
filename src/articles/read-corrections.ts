import { sql, type Db } from '../database/sql.js';

export const correctionKinds = ['corrected', 'withdrawn'] as const;

/** What was wrong in an article, as its readers are told. */
export interface Correction {
  id: string;
  articleId: string;
  kind: (typeof correctionKinds)[number];
  text: string;
  was: { title: string; standfirst: string };
  madeAt: Date;
}

/** Corrections of these articles, the oldest first. */
export function readCorrections(db: Db, articleIds: string[]): Promise<Correction[]> {
  return sql<Correction>(
    db,
    `select id, article_id as "articleId", kind, text, was, made_at as "madeAt" from correction
      where article_id = any($1::bigint[]) order by id`,
    [articleIds],
  );
}
