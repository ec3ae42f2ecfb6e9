/**
 * What a subscription has had, as a lateral join `m` on `s.id`: the variants of eight days (a weekly reader's last one
 * is among them) that reached it or may still do so, and the due instant of its previous morning edition, however long ago.
 *
 * @param nowParameter the statement's parameter with the step's now, such as `$2`
 */
export const readerMemory = (nowParameter: string): string => `
  left join lateral (
    select (select coalesce(array_agg(distinct d.variant_id order by d.variant_id) filter (where d.variant_id is not null), '{}')
              from delivery d
             where d.subscription_id = s.id and d.planned_at > ${nowParameter}::timestamptz - interval '8 days'
               and d.state in ('queued', 'claimed', 'armed', 'accepted', 'unknown')) as memory,
           (select max(e.due_at) from delivery d join edition e on e.id = d.edition_id
             where d.subscription_id = s.id and d.kind = 'morning' and d.state in ('accepted', 'unknown')) as since
  ) m on true`;
