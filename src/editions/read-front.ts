import type { DataSource } from 'typeorm';
import type { ViewStory } from '../pages/view-parts.js';
import { editionsOfDay, listIssues, readEditions } from './archive-issues.js';
import { frontStories, readArticlesOf, viewStory } from './archive-stories.js';

/** The stories of a list's newest issue, specials on top. */
export interface Front {
  localDate: string;
  subject: string;
  stories: ViewStory[];
}

/** @param localDate YYYY-MM-DD; absent: the newest. @returns null where there is no issue, or all of it was withdrawn */
export async function readFront(
  db: DataSource,
  listId: string,
  publicUrl: string,
  localDate?: string,
): Promise<Front | null> {
  const date = localDate ?? (await listIssues(db, listId, null, 1))[0]?.localDate;
  if (!date) return null;
  const editions = editionsOfDay(await readEditions(db, listId, [date]));
  const articles = await readArticlesOf(db, editions);
  const stories = frontStories(editions, articles).map((story) => viewStory(story, articles, publicUrl));
  return stories.length > 0 ? { localDate: date, subject: stories[0]!.title, stories } : null;
}
