import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { Queue } from '../queue/queue.js';
import { Erased } from '../suppressions/erased.js';
import { Suppressions } from '../suppressions/suppressions.js';
import { recordConsent, type Evidence } from './consent.js';
import { confirmationDays, hoursBeforeFirstMorning, type SubscriptionState } from './subscription.js';
import { Tokens } from '../tokens/tokens.js';
import { welcomeQueue } from './welcome-queue.js';

export type Confirmation =
  | { kind: 'confirmed' | 'already' | 'ready'; subscriptionId: string }
  /** The link is too old, or its reader has left since it was asked for: sign up again. */
  | { kind: 'expired'; subscriptionId: string }
  | { kind: 'unknown' };

type Claim =
  { kind: 'claim'; subscriptionId: string; askedAt: Instant } | (Confirmation & { kind: 'expired' | 'unknown' });

/** What a confirmation link holds: the subscription, and when it was asked for (ms, base 36). */
export const confirmPayload = (subscriptionId: string, requestedAt: Date): string =>
  `${subscriptionId}-${requestedAt.getTime().toString(36)}`;

/** Links of earlier versions hold seconds, which have fewer digits. */
const instantOf = (digits: string): Instant =>
  Temporal.Instant.fromEpochMilliseconds(parseInt(digits, 36) * (digits.length < 8 ? 1000 : 1));

/**
 * Confirms a subscription: `pending | ended → active`. One that was left needs a link that was asked for after the leaving: an older one stays dead
 * whoever types the address. Safe to repeat: the second call finds nothing to change.
 */
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
    if (claim.kind !== 'claim') return claim;
    return outcomeFor(await find(this.db, claim), claim.subscriptionId);
  }

  async run(token: string, evidence: Evidence, now: Instant): Promise<Confirmation> {
    const claim = this.readClaim(token, now);
    if (claim.kind !== 'claim') return claim;
    return this.db.transaction(async (tx) => {
      const activated = await activate(tx, claim, now);
      const found = await find(tx, claim);
      const outcome = outcomeFor(found, claim.subscriptionId);
      if (!found || (!activated && outcome.kind !== 'ready')) return outcome;
      await recordConsent(
        tx,
        { kind: 'confirmed', subscriberId: found.subscriberId, listId: found.listId, evidence },
        now,
      );
      await this.suppressions.liftBounce(tx, found.address);
      await this.erased.lift(tx, found.address);
      if (activated) await this.queue.offer(welcomeQueue, claim.subscriptionId, tx);
      return { kind: 'confirmed', subscriptionId: claim.subscriptionId };
    });
  }

  private readClaim(token: string, now: Instant): Claim {
    const [subscriptionId, digits] = this.tokens.read('confirm', token)?.split('-') ?? [];
    if (!subscriptionId || !digits) return { kind: 'unknown' };
    const askedAt = instantOf(digits);
    const oldest = now.subtract({ hours: 24 * confirmationDays });
    if (Temporal.Instant.compare(askedAt, oldest) < 0) return { kind: 'expired', subscriptionId };
    return { kind: 'claim', subscriptionId, askedAt };
  }
}

type Asked = Pick<Claim & { kind: 'claim' }, 'subscriptionId' | 'askedAt'>;

/** SQL: a link that was asked for at $2 can confirm subscription `s`. */
const isConfirmable = `(s.state = 'pending' or s.state = 'ended' and s.ended_at < $2)`;

async function activate(tx: EntityManager, { subscriptionId, askedAt }: Asked, now: Instant): Promise<boolean> {
  const activated = await one(
    tx,
    `update subscription s set state = 'active', confirmed_at = $3, welcome_due_at = $3, morning_from = $4, ended_at = null,
            consent_at = null, consent_source = null
      where s.id = $1 and ${isConfirmable}
        and exists (select 1 from list l where l.id = s.list_id and l.archived_at is null)
     returning s.id`,
    [subscriptionId, askedAt, now, now.add({ hours: hoursBeforeFirstMorning })],
  );
  return activated !== undefined;
}

interface Found {
  state: SubscriptionState;
  confirmable: boolean;
  subscriberId: string;
  listId: string;
  address: string;
  archived: boolean;
  bounced: boolean;
}

function find(db: Db, { subscriptionId, askedAt }: Asked): Promise<Found | undefined> {
  return one<Found>(
    db,
    `select s.state, ${isConfirmable} as confirmable, s.subscriber_id as "subscriberId", s.list_id as "listId", r.address, l.archived_at is not null as archived,
            exists (select 1 from suppression x where x.address = r.address and x.reason = 'bounce') as bounced
       from subscription s join subscriber r on r.id = s.subscriber_id join list l on l.id = s.list_id where s.id = $1`,
    [subscriptionId, askedAt],
  );
}

/** A reader who is active already has something to confirm after a bounce: that the address works again. */
function outcomeFor(found: Found | undefined, subscriptionId: string): Confirmation {
  if (!found) return { kind: 'unknown' };
  if ((found.state === 'ended' && !found.confirmable) || found.archived) return { kind: 'expired', subscriptionId };
  return { kind: found.confirmable || found.bounced ? 'ready' : 'already', subscriptionId };
}
