import type { EntityManager } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import type { Audience, EditionKind } from './edition.js';

/** What a new edition starts from. `skipped`: why it is only recorded, and not composed any more. */
export interface NewEdition {
  listId: string;
  kind: EditionKind;
  audience: Audience;
  dueAt: Instant;
  localDate: string;
  namedArticles?: string[];
  skipped?: string | undefined;
}

/**
 * Opens an edition, and its issue where there is none yet.
 * @returns its id; undefined when there is a morning edition of this list, date and instant already
 */
export async function openEdition(tx: EntityManager, edition: NewEdition, now: Instant): Promise<string | undefined> {
  const { listId, kind, audience, dueAt, localDate, namedArticles = null, skipped = null } = edition;
  const issue = await one<{ id: string }>(
    tx,
    `insert into issue (list_id, local_date) values ($1, $2)
     on conflict (list_id, local_date) do update set list_id = excluded.list_id returning id`,
    [listId, localDate],
  );
  const opened = await one<{ id: string }>(
    tx,
    `insert into edition (issue_id, list_id, kind, audience, state, reason, due_at, local_date, named_articles, opened_at, finished_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (list_id, local_date, due_at) where kind = 'morning' do nothing returning id`,
    [
      issue!.id,
      listId,
      kind,
      audience,
      skipped ? 'skipped' : 'composing',
      skipped,
      dueAt,
      localDate,
      namedArticles,
      now,
      skipped ? now : null,
    ],
  );
  return opened?.id;
}
