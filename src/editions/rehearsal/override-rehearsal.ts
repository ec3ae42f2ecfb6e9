import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { one } from '../../database/sql.js';
import { releaseHeld } from '../rundown/release-held.js';
import type { Editor } from '../rundown/write-rundown.js';

/** Lets an issue go out though its last rehearsal is red; who said so and why stays with it. */
@Injectable()
export class OverrideRehearsal {
  constructor(private readonly db: DataSource) {}

  /** @returns false where the last rehearsal that had an end is not red */
  run(listId: string, date: string, reason: string, editor: Editor, now: Instant): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const row = await one<{ issueId: string }>(
        tx,
        `update rehearsal h set overridden_by = coalesce(h.overridden_by, $3), overridden_key = coalesce(h.overridden_key, $4),
                overridden_at = coalesce(h.overridden_at, $5), override_reason = coalesce(h.override_reason, $6)
          where h.state = 'red' and h.id = (
            select max(o.id) from rehearsal o join issue i on i.id = o.issue_id
             where i.list_id = $1 and i.local_date = $2 and o.state in ('green', 'red'))
         returning h.issue_id as "issueId"`,
        [listId, date, editor.owner, editor.id, now, reason],
      );
      if (row) await releaseHeld(tx, row.issueId);
      return row !== undefined;
    });
  }
}
