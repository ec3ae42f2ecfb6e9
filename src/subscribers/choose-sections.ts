import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { recordConsent, type Evidence } from './consent.js';

export type SectionsChosen =
  | { kind: 'chosen' }
  | { kind: 'unknown' }
  /** The list has no such sections. */
  | { kind: 'no such section'; sections: string[] };

/** A reader chooses sections of a list; all of them, or none, are every section, also those to come. Safe to repeat. */
@Injectable()
export class ChooseSections {
  constructor(private readonly db: DataSource) {}

  async run(
    subscriptionId: string,
    wanted: string[] | null,
    evidence: Evidence,
    now: Instant,
    db: Db = this.db,
  ): Promise<SectionsChosen> {
    return db.transaction(async (tx) => {
      const list = await one<{ id: string; sections: string[] }>(
        tx,
        `select l.id, l.sections from subscription s join list l on l.id = s.list_id where s.id = $1 and s.state <> 'ended'`,
        [subscriptionId],
      );
      if (!list) return { kind: 'unknown' };
      const unknown = (wanted ?? []).filter((section) => !list.sections.includes(section));
      if (unknown.length > 0) return { kind: 'no such section', sections: unknown };
      const sections = list.sections.filter((section) => wanted?.includes(section));
      const chosen = sections.length === 0 || sections.length === list.sections.length ? null : sections;
      const changed = await one<{ subscriberId: string }>(
        tx,
        `update subscription set sections = $2 where id = $1 and state <> 'ended' and sections is distinct from $2
         returning subscriber_id as "subscriberId"`,
        [subscriptionId, chosen],
      );
      const detail = { sections: chosen?.join(', ') ?? 'all' };
      if (changed) await recordConsent(tx, { kind: 'changed', ...changed, listId: list.id, evidence, detail }, now);
      return { kind: 'chosen' };
    });
  }
}
