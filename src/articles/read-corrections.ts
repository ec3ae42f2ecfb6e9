import { sql, type Db } from '../database/sql.js';

export const correctionKinds = ['corrected', 'withdrawn'] as const;

/** What was wrong in an article, as its readers are told. */
export interface Correction {
  id: string;
  articleId: string;
  kind: (typeof correctionKinds)[number];
  text: string;
  was: { title: string; standfirst: string };
  /** What it reads now, also after a later correction; null: it was taken back. */
  now: { title: string; standfirst: string } | null;
  madeAt: Date;
}

/** A row of `correction c` with its `article a`. */
export const correctionColumns = `c.id, c.article_id as "articleId", c.kind, c.text, c.was,
  case when a.withdrawn_at is null then jsonb_build_object('title', a.title, 'standfirst', a.standfirst) end as now, c.made_at as "madeAt"`;

/** Corrections of these articles, the oldest first. */
export function readCorrections(db: Db, articleIds: string[]): Promise<Correction[]> {
  return sql<Correction>(
    db,
    `select ${correctionColumns} from correction c join article a on a.id = c.article_id
      where c.article_id = any($1::bigint[]) order by c.id`,
    [articleIds],
  );
}
