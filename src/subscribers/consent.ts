import type { EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';

export const consentKinds = ['requested', 'confirmed', 'attested', 'ended', 'changed'] as const;
export type ConsentKind = (typeof consentKinds)[number];

/** What shows that a person asked: one value, since two texts side by side would change places unseen. */
export interface Evidence {
  /** The client's address, truncated to /24 or /48; null where no client was involved. */
  network: string | null;
  /** Which text the person saw, such as `sign-up box v1, fr`. */
  shown: string;
}

/** One fact about what a person asked for; kept, never changed. */
export interface ConsentEvent {
  kind: ConsentKind;
  subscriberId: string;
  listId: string;
  evidence: Evidence;
  detail?: Record<string, string>;
}

export async function recordConsent(tx: EntityManager, event: ConsentEvent, now: Instant): Promise<void> {
  await sql(
    tx,
    `insert into consent_event (subscriber_id, list_id, kind, at, network, shown, detail) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      event.subscriberId,
      event.listId,
      event.kind,
      now,
      event.evidence.network,
      event.evidence.shown,
      JSON.stringify(event.detail ?? {}),
    ],
  );
}
