import type { FieldError } from '../../api/problem.js';
import { sql, type Db } from '../../database/sql.js';
import type { Decisions } from './rundown.js';

interface Known {
  id: string;
  withdrawn: boolean;
  story: string | null;
}

/** What is wrong with the articles that decisions name: unknown, withdrawn, or two of one story at odds. */
export async function checkArticles(db: Db, decisions: Decisions): Promise<FieldError[]> {
  const named = [
    ...decisions.pins.map((article, n) => ({ article, path: `pins.${n}` })),
    ...decisions.drops.map((article, n) => ({ article, path: `drops.${n}` })),
    ...decisions.lines.map(({ article }, n) => ({ article, path: `lines.${n}.article` })),
  ];
  const rows = await sql<Known>(
    db,
    `select a.id, a.withdrawn_at is not null as withdrawn, m.story_id as story
       from article a left join story_article m on m.article_id = a.id where a.id = any($1::bigint[])`,
    [named.map(({ article }) => article)],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  const wrong = named.flatMap(({ article, path }) => {
    const found = known.get(article);
    if (!found) return [{ path, detail: `there is no article ${article}`, fix: 'Send ids that …/candidates shows.' }];
    if (found.withdrawn) return [{ path, detail: `article ${article} was withdrawn`, fix: 'Leave it out.' }];
    return [];
  });
  return [...wrong, ...atOdds(decisions, known)];
}

/** A story has one slot: it is not pinned twice, nor pinned and dropped, by two of its articles. */
function atOdds({ pins, drops }: Decisions, known: ReadonlyMap<string, Known>): FieldError[] {
  const storyOf = (article: string) => known.get(article)?.story ?? `article ${article}`;
  return pins.flatMap((article, n) => {
    const twin = pins.slice(0, n).find((other) => storyOf(other) === storyOf(article));
    const dropped = drops.find((other) => other !== article && storyOf(other) === storyOf(article));
    const other = twin ?? dropped;
    if (!other || other === article) return [];
    return [
      {
        path: `pins.${n}`,
        detail: `article ${article} reports the same story as ${other}, which is ${twin ? 'pinned' : 'dropped'}`,
        fix: 'Send one of the two.',
      },
    ];
  });
}
