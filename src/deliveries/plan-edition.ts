import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { moveEdition } from '../editions/change-edition-state.js';
import type { Edition } from '../editions/edition.js';
import { takeEdition } from '../editions/read-edition.js';
import { domainOf } from '../mail/address.js';
import { senderOf } from '../mail/mailbox.js';
import { ComposeForReaders } from './compose-for-readers.js';
import { gatherReaders } from './gather-readers.js';
import { cut, written } from './slice.js';

/** Gathering a list's readers keeps one process of Postgres busy; editions that are due together need not wait for one another. */
export const plansAtOnce = 2;

/**
 * Freezes who gets an edition, and what: `ready → sending`. The readers are gathered by one statement, a variant is
 * composed for each group of them, and one statement more writes the ledger. Doing it again changes nothing.
 */
@Injectable()
export class PlanEdition {
  constructor(
    private readonly db: DataSource,
    private readonly composeForReaders: ComposeForReaders,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(editionId: string, now: Instant): Promise<void> {
    await this.db.transaction(async (tx) => {
      const edition = await takeEdition(tx, editionId, 'ready');
      if (!edition) return;
      await gatherReaders(tx, edition, now);
      const variants = await this.composeForReaders.run(tx, edition);
      const waits = await writeLedger(tx, edition, variants, await this.sendingDomain(tx, edition), now);
      await moveEdition(tx, edition.id, ['ready'], waits ? 'sending' : 'done', now);
    });
  }

  private async sendingDomain(tx: EntityManager, edition: Edition): Promise<string> {
    const list = await one<{ name: string; mailFrom: string | null }>(
      tx,
      `select name, mail_from as "mailFrom" from list where id = $1`,
      [edition.listId],
    );
    return domainOf(senderOf(list!, this.config.MAIL_FROM).address);
  }
}

/** @returns whether there is a letter to send */
async function writeLedger(
  tx: EntityManager,
  edition: Edition,
  variants: Record<string, string | null>,
  domain: string,
  now: Instant,
): Promise<boolean> {
  const expiresAt = (edition.kind === 'morning' ? edition.dueAt.toTemporalInstant() : now).add({
    seconds: edition.freshForSeconds,
  });
  const slices = await sql<{ waits: boolean }>(
    tx,
    `with planned as (
     insert into delivery as d (edition_id, subscription_id, variant_id, kind, local_date, state, reason, next_at, expires_at,
                           message_id, planned_at, settled_at)
     select $1, d.subscription_id, v.id::bigint, $2, $3,
            (case when v.id is null then 'skipped' else 'queued' end)::delivery_state, case when v.id is null then 'too few new stories' end,
            $4, $5, 'e' || $1::bigint || '.s' || d.subscription_id || '@' || $6, $4, case when v.id is null then $4::timestamptz end
       from due d join jsonb_each_text($7::jsonb) as v (key, id) on v.key::bigint = d.group_key
     on conflict do nothing returning ${written})
     ${cut('planned')}`,
    [edition.id, edition.kind, edition.localDate, now, expiresAt, domain, JSON.stringify(variants)],
  );
  return slices.some(({ waits }) => waits);
}
