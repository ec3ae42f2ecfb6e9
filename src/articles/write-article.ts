import type { Instant } from '../database/now.js';
import { one, type Db } from '../database/sql.js';
import type { Figure } from './article.entity.js';
import { findSameText } from './find-same-text.js';
import type { Show } from './source.entity.js';
import type { StandfirstFrom } from './summary/standfirst-of.js';

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
  standfirstFrom: StandfirstFrom;
  body: string;
  figures: Figure[];
  section: string;
  language: string;
  author: string | null;
  publisher: string;
  show: Show;
  /** Its source tells little: what is missing comes from the article's page, and what came from there stays. */
  thin?: boolean;
}

interface Dated {
  publishedAt: Instant;
  /** False: nobody said when it was published. */
  dated: boolean;
}

/** Adds an article. Undefined when its address or slug is taken. */
export async function insertArticle(
  db: Db,
  text: ArticleText,
  slug: string,
  { publishedAt, dated }: Dated,
  now: Instant,
): Promise<string | undefined> {
  const { sketch, sameTextAs } = await findSameText(db, text, now);
  const row = await one<{ id: string }>(
    db,
    `insert into article (source_id, url, guid, fingerprint, title, standfirst, body, figures, section, language, author,
                          publisher, show, page_wanted, slug, published_at, dated, first_seen_at, updated_at, text_sketch, same_text_as, standfirst_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18, $19, $20, $21)
     on conflict do nothing returning id`,
    [...valuesOf(text), slug, publishedAt, dated, now, sketch, sameTextAs, text.standfirstFrom],
  );
  return row?.id;
}

/**
 * Brings an article up to date and keeps what it said before. It leaves alone what was withdrawn and, unless the desk itself writes,
 * what the desk has written; it never touches `first_seen_at` and `slug`, and `published_at` only if a time is given.
 */
export async function updateArticle(
  db: Db,
  id: string,
  text: ArticleText,
  publishedAt: Instant | null,
  now: Instant,
): Promise<'updated' | 'unchanged' | 'left alone'> {
  const { sketch, sameTextAs } = await findSameText(db, text, now, id);
  const row = await one<{ changed: boolean }>(db, update, [
    ...valuesOf(text),
    id,
    publishedAt,
    now,
    sketch,
    sameTextAs,
    text.standfirstFrom,
  ]);
  if (!row) return 'left alone';
  return row.changed ? 'updated' : 'unchanged';
}

const shown = 'title, standfirst, body, figures, section, language, author, publisher, show, published_at';

/** Nothing better came than what is there: none at all for a thin article, or sentences of the text that a model has summed up. */
const stays = `(($14 and $6 = '') or ($20 = 'extract' and standfirst_from = 'model' and body = $7))`;

const update = `
  with old as (
    select * from article where id = $15 and withdrawn_at is null and ($4 = '${byDesk}' or fingerprint is distinct from '${byDesk}') for update
  ), new as (
    select $5::text as title, case when ${stays} then standfirst else $6::text end as standfirst,
           case when ${stays} then standfirst_from else $20::text end as standfirst_from,
           case when $14 and length($7) < length(body) then body else $7::text end as body,
           case when $14 and $8::jsonb = '[]' then figures else $8::jsonb end as figures, $9::text as section, $10::text as language,
           case when $14 then coalesce($11, author) else $11::text end as author, $12::text as publisher, $13::text as show,
           coalesce($16::timestamptz, published_at) as published_at
      from old
  ), compared as (
    select (select row(${shown}) from new) is distinct from (select row(${shown}) from old) as changed,
           (select row(title, standfirst, body) from new) is distinct from (select row(title, standfirst, body) from old) as reworded
  ), kept as (
    insert into article_version (article_id, replaced_at, title, standfirst, body)
    select id, $17, title, standfirst, body from old, compared where reworded on conflict do nothing
  )
  update article a set source_id = $1, guid = $3, fingerprint = $4, title = n.title, standfirst = n.standfirst, standfirst_from = n.standfirst_from, body = n.body, figures = n.figures,
         summary_asked_at = case when n.body = o.body then a.summary_asked_at end, summary_problem = case when n.body = o.body then a.summary_problem end,
         section = n.section, language = n.language, author = n.author, publisher = n.publisher, show = n.show, published_at = n.published_at,
         dated = a.dated or $16::timestamptz is not null, page_wanted = $14,
         url = case when a.link = $2 or exists (select 1 from article b where b.url = $2 and b.id <> a.id) then a.url else $2 end,
         updated_at = case when c.changed then $17 else a.updated_at end,
         text_sketch = case when n.body = $7 then $18::integer[] else a.text_sketch end,
         same_text_as = case when n.body = $7 then $19::bigint else a.same_text_as end
    from old o, new n, compared c where a.id = o.id
  returning c.changed`;

function valuesOf(text: ArticleText): unknown[] {
  const { sourceId, url, guid, fingerprint, title, standfirst, body, section, language, author, publisher, show } =
    text;
  const figures = JSON.stringify(text.figures);
  return [
    sourceId,
    url,
    guid,
    fingerprint,
    title,
    standfirst,
    body,
    figures,
    section,
    language,
    author,
    publisher,
    show,
    text.thin ?? false,
  ];
}
