import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { one } from '../../database/sql.js';
import type { Approval } from '../../lists/list.entity.js';
import { readRundown } from './read-rundown.js';
import type { Rundown } from './rundown.js';
import type { Editor } from './write-rundown.js';

export type RundownApproved =
  | { kind: 'approved' }
  | { kind: 'changed meanwhile'; current: Rundown }
  | { kind: 'nothing to approve' }
  /** The list wants a second person, and this is the one who edited last. */
  | { kind: 'own work'; by: string };

/** Approves a version of an issue's rundown, once. Safe to repeat. */
@Injectable()
export class ApproveRundown {
  constructor(private readonly db: DataSource) {}

  run(
    list: { id: string; approval: Approval },
    date: string,
    version: number,
    editor: Editor,
    now: Instant,
  ): Promise<RundownApproved> {
    return this.db.transaction(async (tx) => {
      const current = await readRundown(tx, list.id, date);
      if (current.version === 0) return { kind: 'nothing to approve' };
      if (current.version !== version) return { kind: 'changed meanwhile', current };
      if (list.approval === 'second person' && current.editedBy === editor.owner)
        return { kind: 'own work', by: editor.owner };
      await one(
        tx,
        `update rundown n set approved_by = $4, approved_key = $5, approved_at = $6
           from issue i where i.id = n.issue_id and i.list_id = $1 and i.local_date = $2 and n.version = $3 and n.approved_at is null
         returning n.version`,
        [list.id, date, version, editor.owner, editor.id, now],
      );
      return { kind: 'approved' };
    });
  }
}
