import { one, sql, type Db } from '../database/sql.js';
import type { Verdict } from './choose-stories.js';
import type { Reason } from './score-story.js';

/** One story that an edition's public copy could have carried, and why it does or does not. */
export interface VerdictView {
  storyId: string;
  articleId: string;
  title: string;
  publisher: string;
  section: string;
  chosen: boolean;
  update: boolean;
  score: number;
  why: Reason[];
}

/** The rest ranks lower still. */
const mostKept = 200;

export async function keepVerdicts(db: Db, editionId: string, verdicts: Verdict[]): Promise<void> {
  const kept = verdicts.slice(0, mostKept).map(viewOf);
  await sql(db, `update edition set verdicts = $2 where id = $1`, [editionId, JSON.stringify(kept)]);
}

/** The chosen ones first, in their order, then the others by rank. Undefined: there is no such edition. */
export async function readVerdicts(db: Db, editionId: string): Promise<VerdictView[] | undefined> {
  const row = await one<{ verdicts: VerdictView[] }>(db, `select verdicts from edition where id = $1`, [editionId]);
  return row?.verdicts;
}

export function viewOf({ story, chosen, update, score, why }: Verdict): VerdictView {
  const { storyId, articleId, title, publisher, section } = story;
  return { storyId, articleId, title, publisher, section, chosen, update, score, why };
}
