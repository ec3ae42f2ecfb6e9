import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { mailboxKey } from '../mail/mailbox-key.js';
import type { ConsentKind } from './consent.js';
import type { SubscriptionState } from './subscription.js';

/** What this stage holds about a reader. */
export interface ReaderData {
  address: string;
  locale: string;
  timeZone: string | null;
  since: Date;
  subscriptions: {
    list: string;
    name: string;
    state: SubscriptionState;
    sections: string[] | null;
    timeZone: string;
    localTime: string;
    weekdays: number[];
    pausedUntil: string | null;
    requestedAt: Date;
    confirmedAt: Date | null;
    endedAt: Date | null;
  }[];
  addressChanges: { from: string; to: string; requestedAt: Date; confirmedAt: Date | null }[];
  /** Everything they asked for, and what they were shown when they did. */
  consent: {
    list: string;
    kind: ConsentKind;
    at: Date;
    network: string | null;
    shown: string;
    detail: Record<string, unknown>;
  }[];
}

export async function exportReader(db: Db, subscriberId: string): Promise<ReaderData | undefined> {
  return one<ReaderData>(
    db,
    `select r.address, r.locale, r.time_zone as "timeZone", r.created_at as since,
            coalesce((select json_agg(json_build_object('list', l.slug, 'name', l.name, 'state', s.state, 'sections', s.sections, 'timeZone', c.time_zone,
                        'localTime', to_char(c.local_time, 'HH24:MI'), 'weekdays', c.weekdays, 'pausedUntil', case s.state when 'paused' then s.paused_until end,
                        'requestedAt', s.requested_at, 'confirmedAt', s.confirmed_at, 'endedAt', s.ended_at) order by s.id)
                        from subscription s join list l on l.id = s.list_id join schedule c on c.id = s.schedule_id where s.subscriber_id = r.id), '[]') as subscriptions,
            coalesce((select json_agg(json_build_object('from', c.old_address, 'to', c.new_address, 'requestedAt', c.requested_at, 'confirmedAt', c.confirmed_at) order by c.id)
                        from address_change c where c.subscriber_id = r.id), '[]') as "addressChanges",
            coalesce((select json_agg(json_build_object('list', l.slug, 'kind', e.kind, 'at', e.at, 'network', e.network, 'shown', e.shown, 'detail', e.detail) order by e.id)
                        from consent_event e join list l on l.id = e.list_id where e.subscriber_id in ${allOf('r.id')}), '[]') as consent
       from subscriber r where r.id = $1`,
    [subscriberId],
  );
}

/** What an erased reader is called: a mail address in form, and nobody's (RFC 2606). */
export const nobody = (subscriberId: string): string => `erased-${subscriberId}@erased.invalid`;

/** SQL: the id of the reader whom a link names, or of the one they were merged into. */
export const readerOf = (id: string): string =>
  `coalesce((select merged_into from subscriber where id = ${id}), ${id})`;

/** SQL: the ids of a reader, and of those who were merged into them. */
export const allOf = (id: string): string => `(select id from subscriber where id = ${id} or merged_into = ${id})`;

/** SQL that holds for rows of `subscriber` that are still somebody: the links of an erased person's letters are links to nobody. */
export const isSomebody = (alias: string): string =>
  `${alias}.address <> 'erased-' || ${alias}.id || '@erased.invalid'`;

/**
 * Takes away what says who a reader is. The rows stay under another name, for the ledger counts by them; ended subscriptions get no letters.
 * @returns the address that was theirs; undefined when there is no such reader, or they were erased before
 */
export async function forgetReader(tx: Db, subscriberId: string, now: Instant): Promise<string | undefined> {
  const reader = await one<{ address: string }>(tx, `select address from subscriber where id = $1 for update`, [
    subscriberId,
  ]);
  if (!reader || reader.address === nobody(subscriberId)) return undefined;
  await sql(
    tx,
    `update subscription set state = 'ended', ended_at = coalesce(ended_at, $2), paused_until = null, sections = null,
            consent_at = null, consent_source = null where subscriber_id in ${allOf('$1')}`,
    [subscriberId, now],
  );
  await sql(tx, `delete from consent_event where subscriber_id in ${allOf('$1')}`, [subscriberId]);
  const changes = await sql<{ addresses: string[] }>(
    tx,
    `delete from address_change where subscriber_id = $1 or $2 in (old_address, new_address) returning array[old_address, new_address] as addresses`,
    [subscriberId, reader.address],
  );
  const addresses = [reader.address, ...changes.flatMap((change) => change.addresses)];
  await sql(tx, `delete from mailbox where key = any($1)`, [addresses.map(mailboxKey)]);
  await sql(tx, `update subscriber set address = $2, locale = 'en', time_zone = null where id = $1`, [
    subscriberId,
    nobody(subscriberId),
  ]);
  return reader.address;
}
