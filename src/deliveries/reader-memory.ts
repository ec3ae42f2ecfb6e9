/**
 * What a subscription has had, as a lateral join `m` on `s.id`: the variants of eight days and today (a weekly reader's last one
 * is among them) that reached it or may still do so, and the due instant of its previous morning edition, however long ago.
 * In the order of their dates, as the index has it: sorting each reader's few would take as long as finding them.
 *
 * @param nowParameter the statement's parameter with the step's now, such as `$2`
 * @param date an expression: `served` says whether a morning letter of that date is in the ledger already, `overtaken` whether one of a later date is
 */
export const readerMemory = (nowParameter: string, date = 'null::date'): string => `
  left join lateral (
    select coalesce(t.variants, '{}') as memory, e.due_at as since, coalesce(t.served, false) as served, coalesce(t.overtaken, false) as overtaken
      from (select array_agg(d.variant_id)
                     filter (where d.variant_id is not null and d.state in ('queued', 'armed', 'accepted', 'unknown')) as variants,
                   max(d.edition_id) filter (where d.kind = 'morning' and d.state in ('accepted', 'unknown')) as edition,
                   bool_or(d.kind = 'morning' and d.local_date = ${date}) as served,
                   bool_or(d.kind = 'morning' and d.local_date > ${date}) as overtaken
              from delivery d
             where d.subscription_id = s.id and d.local_date >= least((${nowParameter}::timestamptz at time zone 'UTC')::date - 8, ${date})) t
      left join edition e on e.id = coalesce(t.edition,
             (select d.edition_id from delivery d where d.subscription_id = s.id and d.kind = 'morning' and d.state in ('accepted', 'unknown')
               order by d.local_date desc limit 1))
  ) m on true`;
