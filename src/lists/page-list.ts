import type { DataSource } from 'typeorm';
import { findList } from './find-list.js';
import type { List } from './list.entity.js';
import type { BoxList } from '../pages/view-parts.js';

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
    brandSheet: sheetOf(list),
    logo: list.brand.logo,
    archived: list.archivedAt !== null,
  };
}

/** Its address changes with the colours, so that it can be kept for good. */
function sheetOf({ slug, brand: { accent, accentDark } }: List): string | null {
  if (!accent && !accentDark) return null;
  const version = `${accent ?? ''}${accentDark ?? ''}`.replaceAll('#', '');
  return `/lists/${slug}/brand.css?v=${version}`;
}
