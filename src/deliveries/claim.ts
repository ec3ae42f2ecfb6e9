import type { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { prepared } from '../database/sql.js';
import type { DeliveryKind } from './delivery.js';

/** A delivery in hand, with what its letter needs. `token` is fresh with every claim; every later change names it. */
export interface Claim {
  id: string;
  token: string;
  editionId: string;
  subscriptionId: string;
  subscriberId: string;
  variantId: string;
  kind: DeliveryKind;
  messageId: string;
  attempt: number;
  expiresAt: Date;
  address: string;
}

/** What doing what a reply means needs to know of a delivery. */
export type Affected = Pick<Claim, 'id' | 'editionId' | 'subscriberId' | 'address'>;

/**
 * Takes a small chunk of a slice. Nothing is sent by claiming, so a claimed row may be taken back at any time.
 * Readers of a domain that rests, or whose rate is used up, wait, uncharged; nothing is taken while the database is not where it was (restore guard).
 */
export function claim(
  db: DataSource,
  editionId: string,
  slice: number,
  worker: string,
  chunk: number,
  now: Instant,
): Promise<Claim[]> {
  return prepared<Claim>(db, 'claim', statement, [editionId, slice, now, worker, chunk]);
}

// What does not depend on the row stands in a (select …) of its own: Postgres asks it once, not for each row.
const statement = `
  with resting as (
    select domain from recipient_domain where paused_until > $3
    union all
    select substr(scope, 8) from rate where scope like 'domain:%' and dry_until > clock_timestamp()),
  outdated as (
    select id, replaced_by from variant where edition_id = $1 and (replaced_by is not null or ended_at is not null)),
  picked as (
    select d.id from delivery d join edition e on e.id = d.edition_id
     where d.edition_id = $1 and d.slice = $2 and d.state = 'queued' and d.next_at <= $3 and d.expires_at > $3
       and (e.state = 'sending' or (e.state = 'done' and d.kind = 'welcome')) and (select at_home())
       and d.variant_id not in (select id from outdated where replaced_by is null)
       and (not exists (select 1 from resting)
            or not exists (select 1 from resting p where p.domain =
                 (select split_part(r.address, '@', -1) from subscription s join subscriber r on r.id = s.subscriber_id where s.id = d.subscription_id)))
     order by d.next_at limit $5 for update of d skip locked),
  taken as (
    update delivery d set state = 'claimed', token = gen_random_uuid(), worker = $4, claimed_at = $3, attempt = attempt + 1,
                          variant_id = coalesce((select o.replaced_by from outdated o where o.id = d.variant_id), d.variant_id)
      from picked where d.id = picked.id and d.state = 'queued' returning d.*)
  select t.id, t.token, t.edition_id as "editionId", t.subscription_id as "subscriptionId", s.subscriber_id as "subscriberId",
         t.variant_id as "variantId", t.kind, t.message_id as "messageId", t.attempt, t.expires_at as "expiresAt", r.address
    from taken t join subscription s on s.id = t.subscription_id join subscriber r on r.id = s.subscriber_id`;
