import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import type { Figure } from './article.entity.js';
import type { Show } from './source.entity.js';

/** The fingerprint of an article that the desk has written or changed: no feed overwrites it. */
export const byDesk = 'by desk';

/** Everything about an article that its origin may say again and differently. */
export interface ArticleText {
  sourceId: string | null;
  url: string | null;
  guid: string | null;
  fingerprint: string | null;
  title: string;
  standfirst: string;
  body: string;
  figures: Figure[];
  section: string;
  language: string;
  author: string | null;
  publisher: string;
  show: Show;
}

/** Adds an article. Undefined when its address or slug is taken. */
export async function insertArticle(
  db: Db,
  text: ArticleText,
  slug: string,
  publishedAt: Instant,
  now: Instant,
): Promise<string | undefined> {
  const row = await one<{ id: string }>(
    db,
    `insert into article (source_id, url, guid, fingerprint, title, standfirst, body, figures, section, language, author,
                          publisher, show, slug, published_at, first_seen_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)
     on conflict do nothing returning id`,
    [...valuesOf(text), slug, publishedAt, now],
  );
  return row?.id;
}

/**
 * Brings an article up to date. It leaves alone what was withdrawn and, unless the desk itself writes, what the desk has
 * written; it never touches `first_seen_at` and `slug`, and `published_at` only if a time is given.
 */
export async function updateArticle(
  db: Db,
  id: string,
  text: ArticleText,
  publishedAt: Instant | null,
  now: Instant,
): Promise<'updated' | 'unchanged' | 'left alone'> {
  const row = await one<{ changed: boolean }>(
    db,
    `update article a set source_id = $1, guid = $3, fingerprint = $4, title = $5, standfirst = $6, body = $7, figures = $8,
            section = $9, language = $10, author = $11, publisher = $12, show = $13, published_at = coalesce($15, published_at),
            url = case when exists (select 1 from article b where b.url = $2 and b.id <> a.id) then url else $2 end,
            updated_at = case when ${differs} then $16 else updated_at end
      where id = $14 and withdrawn_at is null and ($4 = '${byDesk}' or fingerprint is distinct from '${byDesk}')
      returning updated_at = $16 as changed`,
    [...valuesOf(text), id, publishedAt, now],
  );
  if (!row) return 'left alone';
  return row.changed ? 'updated' : 'unchanged';
}

const differs = `(title, standfirst, body, figures, section, language, author, publisher, show, published_at)
  is distinct from ($5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13, coalesce($15, published_at))`;

function valuesOf(text: ArticleText): unknown[] {
  const { sourceId, url, guid, fingerprint, title, standfirst, body, section, language, author, publisher, show } =
    text;
  return [
    sourceId,
    url,
    guid,
    fingerprint,
    title,
    standfirst,
    body,
    JSON.stringify(text.figures),
    section,
    language,
    author,
    publisher,
    show,
  ];
}
