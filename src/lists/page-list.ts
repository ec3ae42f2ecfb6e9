import type { DataSource } from 'typeorm';
import { findList } from './find-list.js';
import type { List } from './list.entity.js';
import type { BoxList } from '../pages/view-data.js';

/** A list as its pages show it; the default list lives at `/`. */
export async function pageList(db: DataSource, list: List): Promise<BoxList> {
  const standard = await findList(db);
  return {
    slug: list.slug,
    name: list.name,
    tagline: list.tagline,
    locale: list.locale,
    home: standard?.id === list.id ? '' : `/lists/${list.slug}`,
    sections: list.sections,
    timeZone: list.timeZone,
    lettersPerWeek: list.weekdays.length,
    archived: list.archivedAt !== null,
  };
}
