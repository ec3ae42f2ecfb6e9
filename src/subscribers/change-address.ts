import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql, type Db } from '../database/sql.js';
import { pickLocale, type Locale } from '../locales/messages.js';
import { Outbox } from '../mail/outbox.js';
import { Erased } from '../suppressions/erased.js';
import { Suppressions } from '../suppressions/suppressions.js';
import { Tokens } from '../tokens/tokens.js';
import { mergeReaders } from './merge-readers.js';
import { isSomebody, readerOf } from './reader-data.js';
import { recordConsent, type Evidence } from './consent.js';
import { confirmationDays } from './subscription.js';

/** One change that was asked for, and how far it is. */
export interface AddressChange {
  id: string;
  subscriberId: string;
  newAddress: string;
  locale: Locale;
  confirmed: boolean;
  requestedAt: Date;
  /** Another reader has the new address. */
  otherId: string | null;
  /** They get letters there. */
  taken: boolean;
}

export type AddressChanged =
  { kind: 'ready' | 'changed' | 'taken' | 'expired'; change: AddressChange } | { kind: 'unknown' };

/**
 * Moves a reader to the address whose button was pressed, and tells the old one. Another reader who has that address and gets nothing there becomes one
 * with them; one who gets letters there only if that was asked for. Safe to repeat.
 */
@Injectable()
export class ChangeAddress {
  constructor(
    private readonly db: DataSource,
    private readonly tokens: Tokens,
    private readonly outbox: Outbox,
    private readonly suppressions: Suppressions,
    private readonly erased: Erased,
  ) {}

  /** What the link would do, and nothing else: scanners follow links. */
  async look(token: string, now: Instant): Promise<AddressChanged> {
    return outcomeOf(await this.find(this.db, token), now);
  }

  /** @param merge the button of the offer to merge was pressed */
  run(token: string, merge: boolean, evidence: Evidence, now: Instant): Promise<AddressChanged> {
    return this.db.transaction(async (tx) => {
      await lockReaders(tx, this.tokens.read('address', token));
      const change = await this.find(tx, token);
      const outcome = outcomeOf(change, now);
      if (outcome.kind !== 'ready' && !(outcome.kind === 'taken' && merge)) return outcome;
      await move(tx, outcome.change, now);
      await this.suppressions.liftBounce(tx, outcome.change.newAddress);
      await this.erased.lift(tx, outcome.change.newAddress);
      await record(tx, outcome.change, evidence, now);
      const ids = { change: outcome.change.id, subscriber: outcome.change.subscriberId };
      await this.outbox.post(tx, 'address changed', ids, now);
      return { kind: 'changed', change: outcome.change };
    });
  }

  private async find(db: Db, token: string): Promise<AddressChange | undefined> {
    const id = this.tokens.read('address', token);
    if (!id) return undefined;
    const row = await one<AddressChange>(
      db,
      `select c.id, r.id as "subscriberId", c.new_address as "newAddress", r.locale, c.confirmed_at is not null as confirmed,
              c.requested_at as "requestedAt",
              o.id as "otherId", exists (select from subscription s where s.subscriber_id = o.id and s.state in ('active', 'paused')) as taken
         from address_change c join subscriber r on r.id = ${readerOf('c.subscriber_id')} and ${isSomebody('r')}
         left join subscriber o on o.address = c.new_address and o.id <> r.id where c.id = $1`,
      [id],
    );
    return row && { ...row, locale: pickLocale(row.locale) };
  }
}

function outcomeOf(change: AddressChange | undefined, now: Instant): AddressChanged {
  if (!change) return { kind: 'unknown' };
  if (change.confirmed) return { kind: 'changed', change };
  const ageSeconds = (now.epochMilliseconds - change.requestedAt.getTime()) / 1000;
  if (ageSeconds > confirmationDays * 86_400) return { kind: 'expired', change };
  return { kind: change.taken ? 'taken' : 'ready', change };
}

/** In the order of their ids, so that two moves cannot wait for each other. */
async function lockReaders(tx: EntityManager, changeId: string | null): Promise<void> {
  await sql(
    tx,
    `select 1 from subscriber r join address_change c on r.id = c.subscriber_id or r.address = c.new_address
      where c.id = $1 order by r.id for update of r`,
    [changeId],
  );
}

async function move(tx: EntityManager, change: AddressChange, now: Instant): Promise<void> {
  const { id, subscriberId, newAddress, otherId } = change;
  if (otherId) await mergeReaders(tx, otherId, subscriberId, now);
  await sql(tx, `update subscriber set address = $2 where id = $1`, [subscriberId, newAddress]);
  await sql(tx, `update address_change set confirmed_at = $2 where id = $1 and confirmed_at is null`, [id, now]);
}

async function record(tx: EntityManager, change: AddressChange, evidence: Evidence, now: Instant) {
  const { subscriberId, id } = change;
  const lists = await sql<{ listId: string }>(
    tx,
    `select list_id as "listId" from subscription where subscriber_id = $1 and state <> 'ended'`,
    [subscriberId],
  );
  for (const { listId } of lists)
    await recordConsent(tx, { kind: 'changed', subscriberId, listId, evidence, detail: { addressChange: id } }, now);
}
