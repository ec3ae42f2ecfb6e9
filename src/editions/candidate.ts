import type { Figure } from '../articles/article.entity.js';
import type { Instant } from '../database/now.js';
import { sql, type Db } from '../database/sql.js';
import type { ComposedEdition } from './edition.js';

/** An article that could go in, with the story that it reports. */
export interface Candidate {
  storyId: string;
  articleId: string;
  slug: string;
  title: string;
  standfirst: string;
  /** A model wrote the standfirst. */
  byModel?: boolean;
  body: string;
  figures: Figure[];
  section: string;
  language: string;
  publisher: string;
  /** The first article with nearly the same text: this one is a copy of it, such as of one agency report. */
  sameTextAs: string | null;
  /** How much its source counts, 1 is usual. */
  weight: number;
  publishedAt: Date;
  firstSeenAt: Date;
}

const select = `
  select m.story_id as "storyId", a.id as "articleId", a.slug, a.title, a.standfirst, a.standfirst_from = 'model' as "byModel", a.body, a.figures, a.section, a.language,
         a.publisher, a.same_text_as as "sameTextAs", a.published_at as "publishedAt", a.first_seen_at as "firstSeenAt", coalesce(s.weight, 1) as weight
    from article a join story_article m on m.article_id = a.id left join source s on s.id = a.source_id
   where a.withdrawn_at is null`;

/**
 * Everything an edition composed at `asOf` may choose from, freshest first; for named articles just these, in the order named.
 * @param pinned ids of articles that are among them however old
 */
export async function readCandidates(
  db: Db,
  edition: ComposedEdition,
  asOf: Instant,
  pinned: string[],
): Promise<Candidate[]> {
  if (edition.namedArticles)
    return sql<Candidate>(db, `${select} and a.id = any($1::bigint[]) order by array_position($1::bigint[], a.id)`, [
      edition.namedArticles,
    ]);
  return sql<Candidate>(
    db,
    `${select} and (a.id = any($3::bigint[])
        or (a.first_seen_at > $2::timestamptz - make_interval(days => ${reachDays}) and a.first_seen_at <= $2 and a.published_at <= $2))
      order by a.published_at desc, a.id desc limit 2000`,
    [edition.id, asOf, pinned, edition.reachDays ?? null],
  );
}

/** As far as the schedules that are due reach back; an edition without any, three days, unless it is a draft that knows better. */
const reachDays = `
  coalesce((select max(c.reach_days) from edition_schedule x join schedule c on c.id = x.schedule_id where x.edition_id = $1), $4::int, 3)`;
