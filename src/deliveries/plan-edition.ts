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
import { messageIdAround } from '../mail/message-id.js';
import { ComposeForReaders } from './compose-for-readers.js';
import { gatherReaders } from './gather-readers.js';
import { cutSlices, type Slice } from './slice.js';

/** Gathering a list's readers keeps one process of Postgres busy; editions that are due together need not wait for one another. */
export const plansAtOnce = 2;

const ids = `pg_get_serial_sequence('delivery', 'id')`;

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
      const sends = Object.values(variants).some((variant) => variant !== null);
      const expiresAt = (edition.kind === 'morning' ? edition.dueAt.toTemporalInstant() : now).add({
        seconds: edition.freshForSeconds,
      });
      const domain = await this.sendingDomain(tx, edition);
      const planned = await writeLedger(tx, edition, { variants, domain, now, expiresAt });
      if (planned) await cutSlices(tx, planned, sends ? now : null, sends ? expiresAt : null);
      await moveEdition(tx, edition.id, ['ready'], sends ? 'sending' : 'done', now);
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

interface Plan {
  /** by the key of a group of readers; null: too little is left for them */
  variants: Record<string, string | null>;
  domain: string;
  now: Instant;
  expiresAt: Instant;
}

/** @returns the ids; among them may be some of an edition that is planned in the same moment. Undefined: there is no reader. */
async function writeLedger(tx: EntityManager, edition: Edition, plan: Plan): Promise<Slice | undefined> {
  // Returning so many ids would take as long as writing one more index.
  const [prefix, suffix] = messageIdAround(plan.domain, `e${edition.id}`, 's');
  const [{ before }] = (await sql(tx, `select nextval(${ids}) as before`)) as [{ before: string }];
  await sql(
    tx,
    `with variants as materialized (
       select key::bigint as group_key, id::bigint as id, (case when id is null then 'skipped' else 'queued' end)::delivery_state as state,
              case when id is null then 'too few new stories' end as reason, case when id is null then $4::timestamptz end as settled_at
         from jsonb_each_text($7::jsonb) as v (key, id))
     insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, state, reason, next_at, expires_at,
                           message_id, planned_at, settled_at)
     select $1, d.subscription_id, v.id, $2, $3, coalesce(v.state, 'skipped'),
            case when d.overtaken then 'an issue of a later date came first' else v.reason end,
            $4, $5, $8 || d.subscription_id || $6, $4, case when d.overtaken then $4 else v.settled_at end
       from due d left join variants v on v.group_key = d.group_key and not d.overtaken`,
    [
      ...[edition.id, edition.kind, edition.localDate, plan.now, plan.expiresAt, suffix],
      ...[JSON.stringify(plan.variants), prefix],
    ],
  );
  return one(
    tx,
    `select $1::bigint as "editionId", $2::bigint + 1 as "firstId", currval(${ids}) as "lastId" where currval(${ids}) > $2`,
    [edition.id, before],
  );
}
