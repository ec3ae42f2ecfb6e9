import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { locks, secondNumber } from '../database/locks.js';
import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import { List } from '../lists/list.entity.js';
import { SpecialEdition } from './special-edition.js';

const youngerThanHours = 24;

/** The list's latest edition, for a reader who has just come; composed at once if none is younger than a day. */
@Injectable()
export class LatestEdition {
  constructor(
    private readonly db: DataSource,
    private readonly specialEdition: SpecialEdition,
  ) {}

  /** @returns the edition's id; null when there is nothing to compose one from */
  async run(listId: string, now: Instant): Promise<string | null> {
    return (await latest(this.db, listId, now)) ?? this.compose(listId, now);
  }

  /** One at a time for each list on this machine and the others: readers who come together find one edition, not many. */
  private async compose(listId: string, now: Instant): Promise<string | null> {
    const turn = this.db.createQueryRunner();
    try {
      await turn.query(`select pg_advisory_lock($1::int, $2::int)`, turnOf(listId));
      const standing = await latest(this.db, listId, now);
      if (standing) return standing;
      const list = await this.db.getRepository(List).findOneByOrFail({ id: listId });
      if (list.archivedAt) return null;
      const composed = await this.specialEdition.run(list, 'new', undefined, now);
      return composed.kind === 'composed' ? composed.editionId : null;
    } finally {
      await turn.query(`select pg_advisory_unlock($1::int, $2::int)`, turnOf(listId));
      await turn.release();
    }
  }
}

const turnOf = (listId: string): number[] => [locks.ofOne.latestEdition, secondNumber(listId)];

async function latest(db: Db, listId: string, now: Instant): Promise<string | undefined> {
  const row = await one<{ id: string }>(
    db,
    `select id from edition where list_id = $1 and composed_at > $2 and state in ('sending', 'done') and named_articles is null
      order by composed_at desc limit 1`,
    [listId, now.subtract({ hours: youngerThanHours })],
  );
  return row?.id;
}
