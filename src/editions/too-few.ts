import { one, type Db } from '../database/sql.js';
import type { Verdict } from './choose-stories.js';

/** Why an issue has too few stories, so that whoever reads it knows what to do. */
export async function tooFew(db: Db, least: number, verdicts: Verdict[]): Promise<string> {
  const wanted = `fewer than ${least} stories`;
  const chosen = verdicts.filter((verdict) => verdict.chosen).length;
  if (verdicts.length > 0) return `${wanted}: ${chosen} of ${verdicts.length} candidates may go in`;
  if (await isAnySourceRead(db)) return `${wanted}: no article came in`;
  return `${wanted}: no source is being read and nobody pushed an article; add a source, or push articles`;
}

/** False: what comes in is only what somebody pushes. */
export const isAnySourceRead = async (db: Db): Promise<boolean> =>
  (await one(db, `select 1 from source where state = 'active' limit 1`, [])) != null;
