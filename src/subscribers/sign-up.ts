import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { prepared } from '../database/sql.js';
import type { List } from '../lists/list.entity.js';
import type { Locale } from '../locales/messages.js';
import { Outbox } from '../mail/outbox.js';
import { takeChance } from '../suppressions/suppressions.js';

/** A request to be subscribed; the address is normalised. */
export interface SignUpRequest {
  address: string;
  list: Pick<List, 'id'>;
  locale: Locale;
  timeZone: string | null;
  /** Null: every section. */
  sections: string[] | null;
  network: string | null;
  /** False: the caps of its mail domain are reached, no letter goes there. */
  mayWrite: boolean;
  shown: string;
}

/**
 * One statement, so that a sign-up costs one round trip and one commit, and takes the same way whatever is known of the address:
 * - `asked` makes or finds the subscriber. The row's lock makes two posts come one after the other, and the second reads
 *   what the first has written there: `letters_at` keeps the caps on letters to one address, whatever the list;
 * - `wanted` makes or renews the subscription, unless the list was archived just now;
 * - `standing` is what suppressions have against the address;
 * - a letter is posted in any case. One of the kind `nothing` is written by nobody.
 */
const statement = `
  with asked as (
    insert into subscriber as r (address, locale, time_zone, created_at, letters_at, letter_for)
    values ($1, $2, $3, $4, case when $5 then array[$4::timestamptz] else '{}' end, case when $5 then $6::bigint end)
    on conflict (address) do update set (letters_at, letter_for) = (
      select case when may then recent || $4::timestamptz else r.letters_at end, case when may then $6 else r.letter_for end
        from (select coalesce(array_agg(at), '{}') as recent,
                     $5 and count(*) < $7 and coalesce(max(at) <= $8::timestamptz, true) as may
                from unnest(r.letters_at) as at where at > $9::timestamptz) as letters)
    returning id, coalesce(letter_for = $6, false) as may
  ), wanted as (
    insert into subscription as s (subscriber_id, list_id, schedule_id, state, sections, requested_at)
    select asked.id, l.id, c.id, 'pending', $10::text[], $4
      from asked, list l join schedule c on c.list_id = l.id and c.own
     where l.id = $11 and l.archived_at is null
    on conflict (subscriber_id, list_id) do update set
      state = case s.state when 'ended' then 'pending' else s.state end,
      requested_at = case when s.state in ('ended', 'pending') then excluded.requested_at else s.requested_at end,
      sections = case when s.state in ('ended', 'pending') then excluded.sections else s.sections end,
      ended_at = null
    returning id, subscriber_id, state
  ), consent as (
    insert into consent_event (subscriber_id, list_id, kind, at, network, shown)
    select subscriber_id, $11, 'requested', $4, $12, $13 from wanted
  ), standing as (${takeChance('$1', '(select may from asked)', '$4::timestamptz')})
  insert into outbox (kind, ids, posted_at, next_at)
  select case when not asked.may or not coalesce(standing.taken, true) then 'nothing'
              when wanted.state = 'pending' or standing.taken then 'confirmation'
              else 'already' end,
         jsonb_build_object('subscription', wanted.id::text, 'subscriber', wanted.subscriber_id::text), $4, $4
    from wanted cross join asked left join standing on true
  returning id`;

/** Takes a sign-up. Whatever is known of the address, the caller learns nothing: what differs is the letter, if any. */
@Injectable()
export class SignUp {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(request: SignUpRequest, now: Instant): Promise<void> {
    const { address, locale, timeZone, sections, list, network, shown, mayWrite } = request;
    const mark = randomInt(2 ** 47);
    const caps = [
      this.config.CONFIRMATIONS_PER_DAY,
      now.subtract({ seconds: this.config.CONFIRMATION_PAUSE }),
      now.subtract({ hours: 24 }),
    ];
    const values = [address, locale, timeZone, now, mayWrite, mark, ...caps, sections, list.id, network, shown];
    const [letter] = await prepared<{ id: string }>(this.db, 'sign up', statement, values);
    if (letter) this.outbox.wake(letter.id);
  }
}
