import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../../database/now.js';
import { one } from '../../database/sql.js';
import { Alarms } from '../../health/alarms.js';
import type { RehearsalRule } from '../../lists/list.entity.js';
import { releaseHeld } from '../rundown/release-held.js';
import { verdictOf, whatIsRed, type Report } from './rehearsal.js';

const consequences: Record<RehearsalRule, string> = {
  off: 'It goes out all the same.',
  warn: 'It goes out all the same.',
  block: 'It is held until a rehearsal is green, or an editor overrides this one.',
};

/** `asked → green | red`. A green one lets go what a red one held; a red one is told to whoever looks after the list. */
@Injectable()
export class FinishRehearsal {
  constructor(
    private readonly db: DataSource,
    private readonly alarms: Alarms,
  ) {}

  async run(id: string, report: Report, now: Instant): Promise<void> {
    const verdict = verdictOf(report);
    const finished = await this.db.transaction(async (tx) => {
      const row = await one<{ issueId: string; slug: string; date: string; rule: RehearsalRule }>(
        tx,
        `update rehearsal h set state = $2, report = $3, finished_at = $4 from issue i join list l on l.id = i.list_id
          where h.id = $1 and h.state = 'asked' and i.id = h.issue_id
         returning i.id as "issueId", l.slug, i.local_date as date, l.rehearsal as rule`,
        [id, verdict, JSON.stringify(report), now],
      );
      if (row && verdict === 'green') await releaseHeld(tx, row.issueId);
      return row;
    });
    if (finished && verdict === 'red')
      this.alarms.raise(
        'edition',
        `The rehearsal of the issue of ${finished.date} of list ${finished.slug} is red: ${whatIsRed(report)}. ${consequences[finished.rule]}`,
      );
  }
}
