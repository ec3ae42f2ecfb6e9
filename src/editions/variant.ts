import type { SnapshotCorrection } from './corrections/corrections-owed.js';
import { one, type Db } from '../database/sql.js';
import { pickLocale, type Locale } from '../locales/messages.js';

/** One story as it is sent: frozen when the variant was composed. `url` and `picture.src` are absolute. */
export interface SnapshotStory {
  storyId: string;
  articleId: string;
  title: string;
  standfirst: string;
  /** A model wrote the standfirst. */
  byModel?: boolean;
  section: string;
  language: string;
  publisher: string;
  /** The other publishers that carry it; absent in snapshots of before there were any. */
  also?: string[];
  /** These readers have had it before, and there is more now. */
  update?: boolean;
  minutes: number | null;
  url: string;
  picture: { src: string; alt: string; credit: string; width: number; height: number } | null;
}

/** The stories that one group of an edition's readers gets. */
export interface Variant {
  id: string;
  locale: Locale;
  subject: string;
  preheader: string;
  /** The editor's note above the stories. */
  note: string | null;
  /** What it tells of stories that these readers had. */
  corrections: SnapshotCorrection[];
  stories: SnapshotStory[];
}

export async function readVariant(db: Db, id: string): Promise<Variant> {
  const row = await one<Variant>(
    db,
    `select id, locale, subject, preheader, note, corrections, stories from variant where id = $1`,
    [id],
  );
  return { ...row!, locale: pickLocale(row!.locale) };
}
