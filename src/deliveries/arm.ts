/**
 * The last look, committed after the server's 354 and before the first byte: the edition still goes out, the reader
 * still wants it, nothing stands against the address, and the letter has not been corrected since it was written. A row that is not returned: send nothing and close the connection.
 * $1: ids, $2: the tokens of their claims, $3: now.
 */
export const armStatement = `
  update delivery d set state = 'armed', armed_at = $3
    from unnest($1::bigint[], $2::uuid[]) as a (id, token), edition e, subscription s, subscriber r
   where d.id = a.id and d.token = a.token and d.state = 'claimed' and d.expires_at > $3
     and e.id = d.edition_id and (e.state = 'sending' or (e.state = 'done' and d.kind = 'welcome'))
     and s.id = d.subscription_id and (s.state = 'active' or (s.state = 'paused' and s.paused_until <= $3))
     and r.id = s.subscriber_id and not exists (select 1 from suppression x where x.address = r.address)
     and not exists (select 1 from variant v where v.id = d.variant_id and (v.replaced_by is not null or v.ended_at is not null))
     and (select at_home())
  returning d.token`;
