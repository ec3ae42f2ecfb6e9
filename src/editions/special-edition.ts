import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';
import type { List } from '../lists/list.entity.js';
import { AssignStories } from '../stories/assign-stories.js';
import { ComposeEdition } from './compose-edition.js';
import type { Audience } from './edition.js';
import { openEdition } from './open-edition.js';

export type SpecialOpened =
  { kind: 'composed'; editionId: string } | { kind: 'unknown articles'; ids: string[] } | { kind: 'no stories' };

/** Composes an edition now, because an editor asked for it, or to have one for a new reader. */
@Injectable()
export class SpecialEdition {
  constructor(
    private readonly db: DataSource,
    private readonly assignStories: AssignStories,
    private readonly composeEdition: ComposeEdition,
  ) {}

  /** @param articles ids of the articles to send, in their order; without them the freshest up to the list's maximum */
  async run(
    list: List,
    audience: Extract<Audience, 'all' | 'new'>,
    articles: string[] | undefined,
    now: Instant,
  ): Promise<SpecialOpened> {
    const missing = await this.missing(articles ?? []);
    if (missing.length > 0) return { kind: 'unknown articles', ids: missing };
    const localDate = now.toZonedDateTimeISO(list.timeZone).toPlainDate().toString();
    await this.assignStories.run(now);
    // Opened and composed in one transaction: no tick can take it in between, and what fails leaves nothing behind.
    return this.db.transaction(async (tx) => {
      const edition = {
        listId: list.id,
        kind: 'special',
        audience,
        dueAt: now,
        localDate,
        ...(articles && { namedArticles: articles }),
      } as const;
      const editionId = (await openEdition(tx, edition, now))!;
      return (await this.composeEdition.compose(tx, editionId, now))
        ? { kind: 'composed', editionId }
        : { kind: 'no stories' };
    });
  }

  private async missing(ids: string[]): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      this.db,
      `select i.id::text as id from unnest($1::bigint[]) as i (id)
        where not exists (select 1 from article a where a.id = i.id and a.withdrawn_at is null)`,
      [ids],
    );
    return rows.map((row) => row.id);
  }
}
