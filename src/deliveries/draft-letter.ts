import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one } from '../database/sql.js';
import type { ReaderGroup } from '../editions/compose-variants.js';
import { DraftIssue } from '../editions/rundown/draft-issue.js';
import type { OwnTemplate } from '../letters/write-edition.js';
import type { List } from '../lists/list.entity.js';
import { readerMemory } from './reader-memory.js';
import { WriteEditionLetter, type AddressedLetter } from './write-edition-letter.js';

export type LetterDrafted =
  { kind: 'drafted'; letter: AddressedLetter } | { kind: 'nothing to show' } | { kind: 'unknown reader' };

/** The letter that an issue would be if it were composed now: for everybody, or for one reader with what they chose and have had. */
@Injectable()
export class DraftLetter {
  constructor(
    private readonly db: DataSource,
    private readonly draftIssue: DraftIssue,
    private readonly writeLetter: WriteEditionLetter,
  ) {}

  /**
   * @param reader id of a subscription, or what is known of readers; null: readers of every section who have had nothing
   * @param own a template to look at; absent: what is live
   */
  async run(
    list: List,
    date: string,
    reader: string | ReaderGroup | null,
    now: Instant,
    own?: OwnTemplate,
  ): Promise<LetterDrafted> {
    const group = typeof reader === 'string' ? await this.groupOf(list, reader, now) : reader;
    if (group === undefined) return { kind: 'unknown reader' };
    const { draft } = await this.draftIssue.run(list, date, group, now);
    if (!draft) return { kind: 'nothing to show' };
    return { kind: 'drafted', letter: await this.writeLetter.draft(list, date, draft, null, own) };
  }

  private async groupOf(list: List, subscription: string, now: Instant): Promise<ReaderGroup | undefined> {
    const row = await one<Omit<ReaderGroup, 'since'> & { since: Date | null }>(
      this.db,
      `select r.locale, s.sections, m.memory::text[] as memory, m.since
         from subscription s join subscriber r on r.id = s.subscriber_id ${readerMemory('$1')}
        where s.id = $2 and s.list_id = $3`,
      [now, subscription, list.id],
    );
    return row && { ...row, since: row.since?.toTemporalInstant() ?? null };
  }
}
