import type { DataSource } from 'typeorm';
import { sql } from '../database/sql.js';
import type { ViewStory } from '../pages/view-parts.js';
import type { PublicEdition } from './archive-issues.js';
import type { SnapshotStory } from './variant.js';

/** What has become of an article since its edition was composed. */
export interface ArticleNow {
  id: string;
  publishedAt: Date;
  updatedAt: Date;
  withdrawnAt: Date | null;
}

export type ArticlesNow = ReadonlyMap<string, ArticleNow>;

export async function readArticlesOf(db: DataSource, editions: Pick<PublicEdition, 'stories'>[]): Promise<ArticlesNow> {
  const ids = new Set(editions.flatMap((edition) => edition.stories.map((story) => story.articleId)));
  const rows = await sql<ArticleNow>(
    db,
    `select id, published_at as "publishedAt", updated_at as "updatedAt", withdrawn_at as "withdrawnAt"
     from article where id = any($1::bigint[])`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** A withdrawn article keeps its headline and loses its link. */
export function viewStory(story: SnapshotStory, articles: ArticlesNow, publicUrl: string): ViewStory {
  const article = articles.get(story.articleId);
  const {
    title,
    standfirst,
    section,
    language,
    publisher,
    also = [],
    update = false,
    byModel = false,
    minutes,
    picture,
  } = story;
  return {
    ...{ title, standfirst, section, language, publisher, also, update, byModel, minutes },
    url: isThere(article) ? pathOf(story.url, publicUrl) : null,
    picture: picture && { ...picture, src: pathOf(picture.src, publicUrl) },
  };
}

/** The front page of a day: the newest special edition on top, each article once, the withdrawn ones left out. */
export function frontStories(editions: PublicEdition[], articles: ArticlesNow): SnapshotStory[] {
  const specials = editions.filter((edition) => edition.kind === 'special').reverse();
  const mornings = editions.filter((edition) => edition.kind === 'morning');
  return distinctStories([...specials, ...mornings], articles);
}

/** The stories of editions, each article once, where it comes first, without the withdrawn ones. */
export function distinctStories(editions: PublicEdition[], articles: ArticlesNow): SnapshotStory[] {
  const stories = editions.flatMap((edition) => edition.stories);
  const first = new Map<string, SnapshotStory>();
  for (const story of stories) {
    if (!first.has(story.articleId) && isThere(articles.get(story.articleId))) first.set(story.articleId, story);
  }
  return [...first.values()];
}

function isThere(article: ArticleNow | undefined): boolean {
  return article !== undefined && article.withdrawnAt === null;
}

/** Our own addresses as paths, so that pages work under whatever name the service was reached by. */
function pathOf(url: string, publicUrl: string): string {
  return url.startsWith(`${publicUrl}/`) ? url.slice(publicUrl.length) : url;
}
