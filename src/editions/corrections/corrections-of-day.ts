import { correctionColumns, type Correction } from '../../articles/read-corrections.js';
import { sql, type Db } from '../../database/sql.js';

/** What was put right, or taken back, after a day's editions had been composed with it; also where the letters under way went on without it. */
export function readCorrectionsOfDay(db: Db, listId: string, localDate: string): Promise<Correction[]> {
  return sql<Correction>(
    db,
    `select distinct ${correctionColumns}
       from edition e join variant v on v.edition_id = e.id and v.corrected_at is null
       join variant_story s on s.variant_id = v.id join correction c on c.article_id = s.article_id join article a on a.id = c.article_id
      where e.list_id = $1 and e.local_date = $2 and e.audience <> 'new' and c.made_at > e.composed_at order by c.id`,
    [listId, localDate],
  );
}
