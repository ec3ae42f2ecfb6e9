import type { Instant } from '../../database/now.js';
import { sql, type Db } from '../../database/sql.js';

/** A correction as a letter tells it. */
export interface SnapshotCorrection {
  id: string;
  /** What the story was called when these readers had it. */
  title: string;
  /** What it is called now; null: the same, or the article is gone. Corrections of old letters do not say. */
  now?: string | null;
  text: string;
  /** Null: the article is gone. */
  url: string | null;
}

/**
 * Corrections that readers with this memory are owed: of stories they had before they were put right, and that no letter has told them.
 * @param memory ids of the variants they had
 */
export async function correctionsOwed(
  db: Db,
  memory: string[],
  asOf: Instant,
  publicUrl: string,
): Promise<SnapshotCorrection[]> {
  if (memory.length === 0) return [];
  const rows = await sql<Omit<SnapshotCorrection, 'url'> & { slug: string | null }>(
    db,
    `select distinct c.id, c.was ->> 'title' as title, c.text, case when a.withdrawn_at is null then a.slug end as slug,
            case when a.withdrawn_at is null and a.title <> c.was ->> 'title' then a.title end as now
       from variant_story s join correction c on c.article_id = s.article_id join article a on a.id = c.article_id
       join variant v on v.id = s.variant_id join edition e on e.id = v.edition_id
      where s.variant_id = any($1::bigint[]) and c.made_at <= $2
        and c.made_at > coalesce(v.corrected_at, e.composed_at, e.opened_at)
        and not exists (select 1 from variant w where w.id = any($1::bigint[])
                           and w.corrections @> jsonb_build_array(jsonb_build_object('id', c.id::text)))
      order by c.id`,
    [memory, asOf],
  );
  return rows.map(({ slug, ...row }) => ({ ...row, url: slug && `${publicUrl}/articles/${slug}` }));
}
