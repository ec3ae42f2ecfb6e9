import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { sql } from '../database/sql.js';

/** Any constant of our own: two instances must not give one article two stories. */
const lockKey = 4_114_712;

/** No edition reaches further back; asking every two seconds must not read the whole archive. */
const lookBackHours = 4 * 24;

/**
 * Gives every new article its story. So far each article reports an event of its own; which articles report the
 * same one is decided here later, in this place and on these tables.
 */
@Injectable()
export class AssignStories {
  constructor(private readonly db: DataSource) {}

  async run(now: Instant): Promise<void> {
    const since = now.subtract({ hours: lookBackHours });
    const [waiting] = await sql(this.db, `${unassigned} limit 1`, [since]);
    if (!waiting) return;
    await this.db.transaction(async (tx) => {
      await sql(tx, `select pg_advisory_xact_lock($1)`, [lockKey]);
      await sql(
        tx,
        `with fresh as materialized (select u.*, nextval(pg_get_serial_sequence('story', 'id')) as story_id from (${unassigned}) u),
              made as (insert into story (id, first_seen_at, last_seen_at) overriding system value
                       select story_id, first_seen_at, first_seen_at from fresh)
         insert into story_article (article_id, story_id) select id, story_id from fresh`,
        [since],
      );
    });
  }
}

const unassigned = `
  select a.id, a.first_seen_at from article a
   where a.first_seen_at > $1 and a.withdrawn_at is null and not exists (select 1 from story_article s where s.article_id = a.id)
   order by a.id`;
