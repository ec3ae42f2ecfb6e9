import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { FieldError } from '../../api/problem.js';
import type { Instant } from '../../database/now.js';
import { one, sql } from '../../database/sql.js';
import { checkArticles } from './check-articles.js';
import { readRundown } from './read-rundown.js';
import { releaseHeld } from './release-held.js';
import type { Decisions, Rundown } from './rundown.js';

/** Who decides: a key and whose it is. */
export interface Editor {
  id: string;
  owner: string;
}

export type RundownWritten =
  | { kind: 'written'; version: number }
  /** Somebody was faster; nothing is overwritten. */
  | { kind: 'changed meanwhile'; current: Rundown }
  | { kind: 'wrong'; errors: FieldError[] };

/** Writes the next version of an issue's rundown. Editions that were held by the last one are composed by this one. */
@Injectable()
export class WriteRundown {
  constructor(private readonly db: DataSource) {}

  run(
    issue: { listId: string; date: string },
    basedOn: number,
    decisions: Decisions,
    editor: Editor,
    now: Instant,
  ): Promise<RundownWritten> {
    return this.db.transaction(async (tx) => {
      const errors = await checkArticles(tx, decisions);
      if (errors.length > 0) return { kind: 'wrong', errors };
      const issueId = await takeIssue(tx, issue.listId, issue.date);
      const current = await readRundown(tx, issue.listId, issue.date);
      if (current.version !== basedOn) return { kind: 'changed meanwhile', current };
      await sql(
        tx,
        `insert into rundown (issue_id, version, decisions, edited_by, edited_key, edited_at) values ($1, $2, $3, $4, $5, $6)`,
        [issueId, basedOn + 1, JSON.stringify(decisions), editor.owner, editor.id, now],
      );
      if (!decisions.hold) await releaseHeld(tx, issueId);
      return { kind: 'written', version: basedOn + 1 };
    });
  }
}

/** One editor at a time: the row stays locked until the version is written. */
async function takeIssue(tx: EntityManager, listId: string, date: string): Promise<string> {
  const issue = await one<{ id: string }>(
    tx,
    `insert into issue (list_id, local_date) values ($1, $2)
     on conflict (list_id, local_date) do update set list_id = excluded.list_id returning id`,
    [listId, date],
  );
  return issue!.id;
}
