import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { Queue } from '../queue/queue.js';
import { Erased } from '../suppressions/erased.js';
import { Suppressions } from '../suppressions/suppressions.js';
import { recordConsent } from './consent.js';
import { confirmationDays, hoursBeforeFirstMorning, type SubscriptionState } from './subscription.js';
import { Tokens } from '../tokens/tokens.js';
import { welcomeQueue } from './welcome-queue.js';

export type Confirmation =
  | { kind: 'confirmed' | 'already' | 'ready'; subscriptionId: string }
  /** The link is too old, or its reader has left since: sign up again. */
  | { kind: 'expired'; subscriptionId: string }
  | { kind: 'unknown' };

/** What a confirmation link holds: the subscription, and when it was asked for (seconds, base 36). */
export const confirmPayload = (subscriptionId: string, requestedAt: Date): string =>
  `${subscriptionId}-${Math.floor(requestedAt.getTime() / 1000).toString(36)}`;

/** Confirms a pending subscription. Safe to repeat: the second call finds nothing to change. */
@Injectable()
export class Confirm {
  constructor(
    private readonly db: DataSource,
    private readonly tokens: Tokens,
    private readonly suppressions: Suppressions,
    private readonly erased: Erased,
    private readonly queue: Queue,
  ) {}

  /** What the link would do, and nothing else: scanners follow links. */
  async look(token: string, now: Instant): Promise<Confirmation> {
    const claim = this.readClaim(token, now);
    if (claim.kind !== 'ready') return claim;
    return outcomeFor(await find(this.db, claim.subscriptionId), claim.subscriptionId);
  }

  async run(token: string, network: string | null, shown: string, now: Instant): Promise<Confirmation> {
    const claim = this.readClaim(token, now);
    if (claim.kind !== 'ready') return claim;
    return this.db.transaction(async (tx) => {
      const activated = await activate(tx, claim.subscriptionId, now);
      const found = await find(tx, claim.subscriptionId);
      const outcome = outcomeFor(found, claim.subscriptionId);
      if (!found || (!activated && outcome.kind !== 'ready')) return outcome;
      await recordConsent(
        tx,
        { kind: 'confirmed', subscriberId: found.subscriberId, listId: found.listId, network, shown },
        now,
      );
      await this.suppressions.liftBounce(tx, found.address);
      await this.erased.lift(tx, found.address);
      if (activated) await this.queue.offer(welcomeQueue, claim.subscriptionId, tx);
      return { kind: 'confirmed', subscriptionId: claim.subscriptionId };
    });
  }

  private readClaim(token: string, now: Instant): Confirmation {
    const [subscriptionId, seconds] = this.tokens.read('confirm', token)?.split('-') ?? [];
    if (!subscriptionId || !seconds) return { kind: 'unknown' };
    const ageSeconds = now.epochMilliseconds / 1000 - parseInt(seconds, 36);
    return { kind: ageSeconds > confirmationDays * 86_400 ? 'expired' : 'ready', subscriptionId };
  }
}

async function activate(tx: EntityManager, subscriptionId: string, now: Instant): Promise<boolean> {
  const activated = await one(
    tx,
    `update subscription s set state = 'active', confirmed_at = $2, welcome_due_at = $2, morning_from = $3
      where s.id = $1 and s.state = 'pending'
        and exists (select 1 from list l where l.id = s.list_id and l.archived_at is null)
     returning s.id`,
    [subscriptionId, now, now.add({ hours: hoursBeforeFirstMorning })],
  );
  return activated !== undefined;
}

interface Found {
  state: SubscriptionState;
  subscriberId: string;
  listId: string;
  address: string;
  archived: boolean;
  bounced: boolean;
}

function find(db: Db, subscriptionId: string): Promise<Found | undefined> {
  return one<Found>(
    db,
    `select s.state, s.subscriber_id as "subscriberId", s.list_id as "listId", r.address, l.archived_at is not null as archived,
            exists (select 1 from suppression x where x.address = r.address and x.reason = 'bounce') as bounced
       from subscription s join subscriber r on r.id = s.subscriber_id join list l on l.id = s.list_id where s.id = $1`,
    [subscriptionId],
  );
}

/** A reader who is active already has something to confirm after a bounce: that the address works again. */
function outcomeFor(found: Found | undefined, subscriptionId: string): Confirmation {
  if (!found) return { kind: 'unknown' };
  if (found.state === 'ended' || found.archived) return { kind: 'expired', subscriptionId };
  return { kind: found.state === 'pending' || found.bounced ? 'ready' : 'already', subscriptionId };
}
