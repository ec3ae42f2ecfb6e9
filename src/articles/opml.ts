import { generateOpml, parseOpml, type Opml } from 'feedsmith';
import type { Source } from './source.entity.js';

/** A feed that an OPML document names. */
export interface OutlinedFeed {
  url: string;
  title: string;
  section: string | null;
}

const mostFeeds = 500;

/** Reads the feeds of an OPML 1 or 2 document, those in folders too: a folder's name is their section. Null for what is no OPML. */
export function readOpml(text: string): OutlinedFeed[] | null {
  if (/<!(?:doctype|entity)/i.test(text)) return null; // nothing declared by the document itself
  try {
    return feedsIn(parseOpml(text).body?.outlines ?? [], null).slice(0, mostFeeds);
  } catch {
    return null;
  }
}

function feedsIn(outlines: Partial<Opml.Outline<string>>[], section: string | null): OutlinedFeed[] {
  return outlines.flatMap(({ xmlUrl, title, text, outlines: inner }) => {
    const name = (title ?? text ?? '').trim();
    const here = xmlUrl ? [{ url: xmlUrl, title: name.slice(0, 200), section }] : [];
    return [...here, ...feedsIn(inner ?? [], xmlUrl ? section : name.slice(0, 40) || section)];
  });
}

/** Writes sources as OPML 2; those of one section stand in a folder of its name. */
export function writeOpml(sources: Pick<Source, 'url' | 'title' | 'section' | 'language'>[]): string {
  const folders = Map.groupBy(sources, ({ section }) => section);
  const outlines = [...folders].flatMap<Opml.Outline<string>>(([section, inside]) => {
    const feeds = inside.map(({ url, title, language }) => ({
      type: 'rss',
      text: title || url,
      title: title || url,
      xmlUrl: url,
      ...(language && { language }),
    }));
    return section === null ? feeds : [{ text: section, title: section, outlines: feeds }];
  });
  return generateOpml({ head: { title: 'Sources of Daily News Brief' }, body: { outlines } });
}
