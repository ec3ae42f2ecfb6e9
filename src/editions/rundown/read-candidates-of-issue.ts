import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config.js';
import type { Instant } from '../../database/now.js';
import type { List } from '../../lists/list.entity.js';
import { everybody, VariantComposer } from '../compose-variants.js';
import { previousMorning } from '../previous-morning.js';
import type { Verdict } from '../choose-stories.js';
import { readRundown } from './read-rundown.js';

/** What an issue would carry if it were composed now by its rundown as it stands, for readers of every section: nothing is written. */
@Injectable()
export class ReadCandidatesOfIssue {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Readonly<Config>,
  ) {}

  /** @returns the chosen ones first, in their order, then the others by rank */
  async run(list: List, date: string, now: Instant): Promise<Verdict[]> {
    const { version } = await readRundown(this.db, list.id, date);
    const edition = {
      ...{
        id: '0',
        listId: list.id,
        kind: 'morning' as const,
        localDate: date,
        namedArticles: null,
        rundownVersion: version,
      },
      ...{ maxStories: list.maxStories, listLocale: list.locale },
    };
    const composer = await VariantComposer.open(this.db.manager, edition, now, this.config.PUBLIC_URL);
    return composer.judge(everybody(list.locale, await previousMorning(this.db, edition)));
  }
}
