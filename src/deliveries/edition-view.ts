import { one, sql, type Db } from '../database/sql.js';
import type { EditionKind, EditionState } from '../editions/edition.js';
import type { DeliveryState } from './delivery.js';
import { ofSlice } from './slice.js';

/** An edition as the API shows it, with what became of its deliveries. */
export interface EditionView {
  id: string;
  list: string;
  kind: EditionKind;
  state: EditionState;
  reason: string | null;
  dueAt: Date;
  localDate: string;
  subject: string | null;
  stories: number;
  composedAt: Date | null;
  finishedAt: Date | null;
  counts: Partial<Record<DeliveryState, number>>;
}

/** What closed slices say, and what is counted in those that are open. */
const countsBySlice = `
  select k.state, k.n::int from slice c cross join jsonb_each_text(c.counts) k (state, n) where c.edition_id = e.id
  union all
  select d.state::text, d.n from slice c cross join lateral
         (select state, count(*)::int as n from delivery where ${ofSlice} group by 1) d
   where c.edition_id = e.id and c.counts is null`;

const select = `
  select e.id, l.slug as list, e.kind, e.state, e.reason, e.due_at as "dueAt", e.local_date as "localDate",
         v.subject, coalesce(jsonb_array_length(v.stories), 0) as stories, e.composed_at as "composedAt", e.finished_at as "finishedAt",
         coalesce((select jsonb_object_agg(state, n) from (select state, sum(n)::int as n from (${countsBySlice}) s group by state) c), '{}') as counts
    from edition e join list l on l.id = e.list_id left join variant v on v.id = e.public_variant_id`;

export function readEditionViews(
  db: Db,
  filter: { list?: string; state?: string; before: string | null; limit: number },
): Promise<EditionView[]> {
  return sql<EditionView>(
    db,
    `${select} where ($1::bigint is null or e.id < $1) and ($2::text is null or l.slug = $2) and ($3::text is null or e.state = $3)
      order by e.id desc limit $4`,
    [filter.before, filter.list ?? null, filter.state ?? null, filter.limit],
  );
}

export function readEditionView(db: Db, id: string): Promise<EditionView | undefined> {
  return one<EditionView>(db, `${select} where e.id = $1`, [id]);
}

/** The editions of a list's issue, soonest first; not those that only welcomed new readers. */
export function readEditionsOfIssue(db: Db, listId: string, date: string): Promise<EditionView[]> {
  return sql<EditionView>(
    db,
    `${select} where e.list_id = $1 and e.local_date = $2 and e.audience <> 'new' order by e.due_at, e.id`,
    [listId, date],
  );
}
