import type { EntityManager } from 'typeorm';
import { one, sql } from '../database/sql.js';

/** What was decided about one article. `merged`: stories that turned out to be this one. */
export interface Assigned {
  article: string;
  story: string;
  isNew: boolean;
  merged: string[];
  seenAt: Date;
  /** The words by which it was decided. */
  title: string;
  standfirst: string;
}

/**
 * Writes down what was decided, in the order in which it was. A story that became part of another keeps its row, for editions refer to it, and loses its articles.
 * @returns the number of the last change, `before` if there was none
 */
export async function writeStories(tx: EntityManager, assigned: Assigned[], before: string): Promise<string> {
  const fresh = assigned.filter(({ isNew }) => isNew);
  await sql(
    tx,
    `insert into story (id, first_seen_at, last_seen_at) overriding system value
     select id, seen_at, seen_at from unnest($1::bigint[], $2::timestamptz[]) as n (id, seen_at)`,
    [fresh.map(({ story }) => story), fresh.map(({ seenAt }) => seenAt)],
  );
  await sql(
    tx,
    `insert into story_article (article_id, story_id, read_title, read_standfirst)
     select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])`,
    [
      assigned.map(({ article }) => article),
      assigned.map(({ story }) => story),
      assigned.map(({ title }) => title),
      assigned.map(({ standfirst }) => standfirst),
    ],
  );
  for (const { story, merged } of assigned.filter((one) => one.merged.length > 0))
    await sql(tx, `update story_article set story_id = $1, change = nextval('story_change') where story_id = any($2)`, [
      story,
      merged,
    ]);
  await sql(
    tx,
    `update story t set first_seen_at = least(t.first_seen_at, n.first), last_seen_at = greatest(t.last_seen_at, n.last)
       from (select m.story_id, min(a.first_seen_at) as first, max(a.first_seen_at) as last
               from story_article m join article a on a.id = m.article_id where m.story_id = any($1::bigint[]) group by 1) n
      where n.story_id = t.id`,
    [[...new Set(assigned.map(({ story }) => story))]],
  );
  const last = await one<{ change: string | null }>(tx, `select max(change) as change from story_article`);
  return last?.change ?? before;
}
