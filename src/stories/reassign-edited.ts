import type { Instant } from '../database/now.js';
import { sql, type Db } from '../database/sql.js';
import { columns, indexed, type ArticleRow } from './article-row.js';
import { readFeatures } from './read-features.js';
import type { StoryIndex } from './story-index.js';

interface EditedRow extends ArticleRow {
  story: string;
  newStory: string;
  readTitle: string;
  readStandfirst: string;
}

const mostAtOnce = 100;

/** Articles whose words are no longer those by which their story was chosen. */
export const edited = `
  from article a join story_article m on m.article_id = a.id
 where a.first_seen_at > $1 and a.withdrawn_at is null and (m.read_title, m.read_standfirst) is distinct from (a.title, a.standfirst)`;

/**
 * Reads edited articles again. One that tells its event in other words stays in its story; one that now tells another event moves. Run under the lock of
 * those who assign.
 * @returns the number of the last change, `before` if there was none
 */
export async function reassignEdited(
  tx: Db,
  index: StoryIndex,
  since: Instant,
  model: string | null,
  before: string,
): Promise<string> {
  const rows = await sql<EditedRow>(
    tx,
    `select ${columns}, m.story_id as story, m.read_title as "readTitle", m.read_standfirst as "readStandfirst",
            nextval(pg_get_serial_sequence('story', 'id')) as "newStory" ${edited} order by a.id limit $2`,
    [since, mostAtOnce, model],
  );
  let last = before;
  for (const row of rows) last = await moveTo(tx, row, placeAgain(index, row));
  return last;
}

/** Null: a story of its own. */
function placeAgain(index: StoryIndex, row: EditedRow): string | null {
  const article = indexed(row);
  const old = { title: row.readTitle, standfirst: row.readStandfirst, body: '' };
  const story = index.placeAgain({ ...article, features: readFeatures(old) }, article, row.story);
  index.add(article, story ?? row.newStory);
  return story;
}

async function moveTo(tx: Db, row: EditedRow, story: string | null): Promise<string> {
  if (story === null)
    await sql(
      tx,
      `insert into story (id, first_seen_at, last_seen_at) overriding system value select $1, first_seen_at, first_seen_at from article where id = $2`,
      [row.newStory, row.id],
    );
  const [moved] = await sql<{ change: string }>(
    tx,
    `update story_article set story_id = $2, read_title = $3, read_standfirst = $4, change = nextval('story_change') where article_id = $1
     returning change`,
    [row.id, story ?? row.newStory, row.title, row.standfirst],
  );
  return moved!.change;
}
