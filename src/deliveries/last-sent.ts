import { one, type Db } from '../database/sql.js';

/** A letter that somebody got: the variant of it, and of what edition. */
export interface LastSent {
  variantId: string;
  localDate: string;
  special: boolean;
}

/**
 * The newest letter of a list that was accepted for somebody: of its edition the public copy, if anybody got that, else what most did. One that only welcomed new
 * readers stands back. Looks at the first deliveries of a few editions, however many readers the list has.
 */
export function readLastSent(db: Db, listId: string): Promise<LastSent | undefined> {
  return one<LastSent>(
    db,
    `select got.variant_id as "variantId", e.local_date::text as "localDate", e.kind = 'special' and e.audience <> 'new' as special
       from (select id, kind, audience, local_date, due_at, public_variant_id from edition
              where list_id = $1 and state in ('sending', 'paused', 'done', 'cancelled') and public_variant_id is not null
              order by audience = 'new', due_at desc, id desc limit 10) e
      cross join lateral (
        select d.variant_id from (select variant_id, state from delivery where edition_id = e.id order by id limit 1000) d
         where d.state = 'accepted' and d.variant_id is not null
         group by 1 order by d.variant_id = e.public_variant_id desc, count(*) desc, 1 limit 1) got
      order by e.audience = 'new', e.due_at desc, e.id desc limit 1`,
    [listId],
  );
}
