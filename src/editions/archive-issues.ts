import type { DataSource } from 'typeorm';
import type { Instant } from '../database/now.js';
import { one, sql } from '../database/sql.js';
import type { Audience, EditionKind } from './edition.js';
import type { SnapshotStory } from './variant.js';

export interface PublicEdition {
  kind: EditionKind;
  audience: Audience;
  localDate: string;
  composedAt: Date;
  subject: string;
  /** The editor's note above the stories. */
  note: string | null;
  stories: SnapshotStory[];
}

export interface IssueLine {
  localDate: string;
  subject: string;
}

/** The list's own hour: of several mornings (readers in other zones and hours) this one stands for the day. */
const atOwnHour = `exists (
  select 1 from edition_schedule x join schedule c on c.id = x.schedule_id
   where x.edition_id = e.id and num_nonnulls(c.chosen_zone, c.chosen_time, c.chosen_weekdays) = 0)`;

/** The edition that stands for a closed issue at the desk, of those that were composed: the morning at the list's own hour before others. */
export function leadingEdition(
  db: DataSource,
  listId: string,
  date: string,
): Promise<{ id: string; variantId: string } | undefined> {
  return one(
    db,
    `select e.id, e.public_variant_id as "variantId" from edition e
      where e.list_id = $1 and e.local_date = $2 and e.audience <> 'new' and e.public_variant_id is not null
      order by e.kind <> 'morning', not ${atOwnHour}, e.due_at, e.id limit 1`,
    [listId, date],
  );
}

/** Editions with a public copy, the one that names the day's issue first. A cancelled one stays: those it reached hold links to it. */
const published = `
  from edition e join variant v on v.id = e.public_variant_id
  where e.list_id = $1 and e.state in ('ready', 'sending', 'paused', 'done', 'cancelled')`;
const order = `e.local_date desc, e.audience = 'new', e.kind <> 'morning', not ${atOwnHour}, e.due_at, e.id`;

/** One line for each local date that has an issue, newest first.
 *  @param before YYYY-MM-DD, exclusive; null: from the newest */
export function listIssues(db: DataSource, listId: string, before: string | null, limit: number): Promise<IssueLine[]> {
  return sql<IssueLine>(
    db,
    `select distinct on (e.local_date) e.local_date::text as "localDate", v.subject ${published}
       and ($2::date is null or e.local_date < $2::date)
     order by ${order} limit $3`,
    [listId, before, limit],
  );
}

/** All public editions of some local dates, newest date first. */
export function readEditions(db: DataSource, listId: string, localDates: string[]): Promise<PublicEdition[]> {
  return sql<PublicEdition>(
    db,
    `select e.kind, e.audience, e.local_date::text as "localDate", coalesce(e.composed_at, e.opened_at) as "composedAt",
            v.subject, v.note, v.stories ${published}
       and e.local_date = any($2::date[])
     order by ${order}`,
    [listId, localDates],
  );
}

/** How many letters a list has sent everybody since then: mornings by their date, for readers get one a day. */
export async function countSent(
  db: DataSource,
  listId: string,
  since: Instant,
): Promise<{ morning: number; special: number }> {
  const row = await one<{ morning: number; special: number }>(
    db,
    `select count(distinct e.local_date) filter (where e.kind = 'morning')::int as morning,
            count(*) filter (where e.kind = 'special')::int as special ${published}
       and e.audience <> 'new' and e.due_at > $2`,
    [listId, since],
  );
  return row!;
}

/**
 * What a day's page shows: its morning edition, then its specials. An edition that was made only to welcome
 * somebody counts if there is nothing else.
 */
export function editionsOfDay(editions: PublicEdition[]): PublicEdition[] {
  const forAll = editions.filter((edition) => edition.audience !== 'new');
  if (forAll.length === 0) return editions.slice(0, 1);
  const mornings = forAll.filter((edition) => edition.kind === 'morning');
  return [...mornings.slice(0, 1), ...forAll.filter((edition) => edition.kind === 'special')];
}
