import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { locks, takeLockOf } from '../database/locks.js';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import type { List } from '../lists/list.entity.js';
import { AssignStories } from '../stories/assign-stories.js';
import { ComposeEdition } from './compose-edition.js';
import type { Audience } from './edition.js';
import { openEdition, type NewEdition } from './open-edition.js';

export type SpecialOpened =
  | { kind: 'composed'; editionId: string }
  | { kind: 'unknown articles'; ids: string[] }
  | { kind: 'no stories' }
  /** The same stories went to this list within the last hour. */
  | { kind: 'sent before'; earlier: EarlierEdition };

/** Composes an edition now, because an editor asked for it, or to have one for a new reader. */
@Injectable()
export class SpecialEdition {
  constructor(
    private readonly db: DataSource,
    private readonly assignStories: AssignStories,
    private readonly composeEdition: ComposeEdition,
  ) {}

  /**
   * @param articles ids of the articles to send, in their order; without them the freshest up to the list's maximum
   * @param again send it also where the same stories went to the list within the last hour
   */
  async run(
    list: List,
    audience: Extract<Audience, 'all' | 'new'>,
    articles: string[] | undefined,
    now: Instant,
    again = false,
  ): Promise<SpecialOpened> {
    const missing = await this.missing(articles ?? []);
    if (missing.length > 0) return { kind: 'unknown articles', ids: missing };
    const edition: NewEdition = {
      listId: list.id,
      kind: 'special',
      audience,
      dueAt: now,
      localDate: now.toZonedDateTimeISO(list.timeZone).toPlainDate().toString(),
      ...(articles && { namedArticles: articles }),
    };
    await this.assignStories.run(now);
    try {
      // Opened and composed in one transaction: no tick can take it in between, and what fails leaves nothing behind.
      return await this.db.transaction((tx) => this.open(tx, edition, again || audience === 'new', now));
    } catch (error) {
      if (error instanceof SentBefore) return { kind: 'sent before', earlier: error.earlier };
      throw error;
    }
  }

  private async open(tx: EntityManager, edition: NewEdition, again: boolean, now: Instant): Promise<SpecialOpened> {
    await takeLockOf(tx, locks.ofOne.specialEdition, edition.listId);
    const editionId = (await openEdition(tx, edition, now))!;
    if (!(await this.composeEdition.compose(tx, editionId, now))) return { kind: 'no stories' };
    const earlier = again ? undefined : await findSame(tx, editionId, now);
    if (earlier) throw new SentBefore(earlier);
    return { kind: 'composed', editionId };
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

/** An edition that a reader has had with the same stories. */
export interface EarlierEdition {
  id: string;
  openedAt: Date;
}

/** Undoes the transaction in which the second one was opened. */
class SentBefore extends Error {
  constructor(readonly earlier: EarlierEdition) {
    super(`Edition ${earlier.id} has the same stories`);
  }
}

/** Within this time the same stories go to a list once, unless an editor says "again". */
const hoursBetween = 1;

function findSame(tx: EntityManager, editionId: string, now: Instant): Promise<EarlierEdition | undefined> {
  return one<EarlierEdition>(
    tx,
    `select o.id, o.opened_at as "openedAt" from edition e join edition o on o.list_id = e.list_id and o.id <> e.id
      where e.id = $1 and o.kind = 'special' and o.audience = 'all' and o.opened_at > $2 and o.state <> 'skipped'
        and ${storiesOf('o')} = ${storiesOf('e')}
      order by o.opened_at desc limit 1`,
    [editionId, now.subtract({ hours: hoursBetween })],
  );
}

const storiesOf = (edition: string): string =>
  `(select array_agg(story_id order by story_id) from variant_story where variant_id = ${edition}.public_variant_id)`;
