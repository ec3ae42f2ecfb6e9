import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import type { Instant } from '../../database/now.js';
import type { List } from '../../lists/list.entity.js';
import type { Verdict } from '../choose-stories.js';
import { everybody, VariantComposer, type Draft, type ReaderGroup } from '../compose-variants.js';
import { previousMorning } from '../previous-morning.js';
import { readRundown } from './read-rundown.js';

/** An issue as it would be composed now, by its rundown as it stands. Nothing is written. */
export interface IssueDraft {
  /** The chosen ones first, in their order, then the others by rank. */
  verdicts: Verdict[];
  /** Null: there is nothing to send. */
  draft: Draft | null;
}

@Injectable()
export class DraftIssue {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** @param readers null: of every section, in the list's language, who have had nothing */
  async run(list: List, date: string, readers: ReaderGroup | null, now: Instant): Promise<IssueDraft> {
    const { version } = await readRundown(this.db, list.id, date);
    const edition = {
      ...{ id: '0', listId: list.id, kind: 'morning' as const, localDate: date, namedArticles: null },
      ...{ rundownVersion: version, maxStories: list.maxStories, floor: list.floor, listLocale: list.locale },
    };
    const composer = await VariantComposer.open(this.db.manager, edition, now, this.config.PUBLIC_URL);
    const group = readers ?? everybody(list.locale, await previousMorning(this.db, edition));
    return { verdicts: await composer.judge(group), draft: await composer.draft(group, 1) };
  }
}
