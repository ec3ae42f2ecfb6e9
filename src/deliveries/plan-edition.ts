import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import { moveEdition } from '../editions/change-edition-state.js';
import { VariantComposer } from '../editions/compose-variants.js';
import type { Edition } from '../editions/edition.js';
import { takeEdition } from '../editions/read-edition.js';
import { domainOf } from '../mail/address.js';
import { senderOf } from '../mail/mailbox.js';
import { slices } from './delivery.js';
import { dueReaders, mayGet } from './due-readers.js';

interface Group {
  key: string;
  locale: string;
  sections: string[] | null;
  memory: string[];
  since: Date | null;
}

/**
 * Freezes who gets an edition, and what: `ready → sending`. The readers are gathered by one statement, a variant is
 * composed for each group of them, and one statement more writes the ledger. Doing it again changes nothing.
 */
@Injectable()
export class PlanEdition {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  async run(editionId: string, now: Instant): Promise<void> {
    await this.db.transaction(async (tx) => {
      const edition = await takeEdition(tx, editionId, 'ready');
      if (!edition) return;
      await gatherReaders(tx, edition, now);
      const variants = await this.composeForGroups(tx, edition);
      await writeLedger(tx, edition, variants, await this.sendingDomain(tx, edition), now);
      const queued = await one(tx, `select 1 from delivery where edition_id = $1 and state = 'queued' limit 1`, [
        edition.id,
      ]);
      await moveEdition(tx, edition.id, ['ready'], queued ? 'sending' : 'done', now);
    });
  }

  /** A group whose memory leaves too little gets null: its readers are skipped, and the ledger says so. */
  private async composeForGroups(tx: EntityManager, edition: Edition): Promise<Record<string, string | null>> {
    const groups = await sql<Group>(
      tx,
      `select distinct on (group_key) group_key as key, locale, sections, memory::text[] as memory, since from due order by group_key`,
    );
    const composer = await VariantComposer.open(
      tx,
      edition,
      edition.composedAt!.toTemporalInstant(),
      this.config.PUBLIC_URL,
    );
    const variants: Record<string, string | null> = {};
    for (const group of groups) {
      // A reader who chose sections has chosen a shorter letter: one story of theirs is worth sending.
      const least = edition.kind === 'morning' && !group.sections ? edition.minStories : 1;
      variants[group.key] = await composer.compose(
        { ...group, since: group.since?.toTemporalInstant() ?? null },
        least,
      );
    }
    return variants;
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

/** Who is due, and what tells their groups apart, in a table of this transaction's own. */
async function gatherReaders(tx: EntityManager, edition: Edition, now: Instant): Promise<void> {
  const statement = edition.kind === 'morning' ? dueOfEdition : everyActiveReader;
  await sql(
    tx,
    `create temporary table due on commit drop as
     select q.*, md5(row(q.locale, q.sections, q.memory, q.since)::text) as group_key
       from (${statement}) q`,
    [edition.id, now, edition.dueAt, edition.localDate],
  );
}

const dueOfEdition = dueReaders({
  instants: '(select schedule_id, $3::timestamptz as due_at from edition_schedule where edition_id = $1)',
  date: '$4::date',
  now: '$2::timestamptz',
});

/** A special edition asks nobody's memory: it is sent whether a reader has had its stories or not. */
const everyActiveReader = `
  select s.id as subscription_id, r.locale, null::text[] as sections, '{}'::bigint[] as memory, null::timestamptz as since
    from subscription s join subscriber r on r.id = s.subscriber_id
   where s.list_id = (select list_id from edition where id = $1) and s.confirmed_at <= $3 and ${mayGet('$3::timestamptz')}
     and $2::timestamptz is not null and $4::date is not null`;

async function writeLedger(
  tx: EntityManager,
  edition: Edition,
  variants: Record<string, string | null>,
  domain: string,
  now: Instant,
): Promise<void> {
  const expiresAt = (edition.kind === 'morning' ? edition.dueAt.toTemporalInstant() : now).add({
    seconds: edition.freshForSeconds,
  });
  await sql(
    tx,
    `insert into delivery (edition_id, subscription_id, variant_id, kind, local_date, slice, state, reason, next_at, expires_at,
                           message_id, planned_at, settled_at)
     select $1, d.subscription_id, v.id::bigint, $2, $3, d.subscription_id % ${slices},
            case when v.id is null then 'skipped' else 'queued' end, case when v.id is null then 'too few new stories' end,
            $4, $5, 'e' || $1::bigint || '.s' || d.subscription_id || '@' || $6, $4, case when v.id is null then $4::timestamptz end
       from due d join jsonb_each_text($7::jsonb) as v (key, id) on v.key = d.group_key
     on conflict do nothing`,
    [edition.id, edition.kind, edition.localDate, now, expiresAt, domain, JSON.stringify(variants)],
  );
}
