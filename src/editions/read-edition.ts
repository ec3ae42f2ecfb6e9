import { one, type Db } from '../database/sql.js';
import type { Edition } from './edition.js';

const select = `
  select e.id, e.list_id as "listId", e.kind, e.audience, e.state, e.due_at as "dueAt", e.local_date as "localDate",
         e.composed_at as "composedAt", e.named_articles::text[] as "namedArticles", e.public_variant_id as "publicVariantId",
         e.rundown_version as "rundownVersion", l.approval, l.at_cut_off as "atCutOff", l.rehearsal,
         l.min_stories as "minStories", l.max_stories as "maxStories", l.floor, l.fresh_for_seconds as "freshForSeconds",
         l.locale as "listLocale", l.archived_at is not null as archived
    from edition e join list l on l.id = e.list_id`;

export async function readEdition(db: Db, id: string): Promise<Edition | undefined> {
  return one<Edition>(db, `${select} where e.id = $1`, [id]);
}

/**
 * Takes the edition in hand for this transaction, if it is in `state` and nobody else has it.
 * Undefined: another instance is at it, or it has moved on.
 */
export async function takeEdition(db: Db, id: string, state: Edition['state']): Promise<Edition | undefined> {
  return one<Edition>(db, `${select} where e.id = $1 and e.state = $2 for update of e skip locked`, [id, state]);
}
