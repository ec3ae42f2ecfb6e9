import type { Instant } from '../../database/now.js';
import { publishedAt } from '../published-at.js';
import { defaultSection, sectionOf } from '../sections.js';
import { slugFor } from '../slug.js';
import { clip } from '../text/clip.js';
import { plainText } from '../text/plain-text.js';
import { sanitise } from '../text/sanitise.js';
import type { ArticleText } from '../write-article.js';
import type { LocatedFeed, NamedFigure } from './feed-item.js';
import { publisherOf, type Identified, type SourceSettings } from './identify-items.js';

export interface Draft {
  text: Omit<ArticleText, 'figures'>;
  figures: NamedFigure[];
  slug: string;
  /** Null: the item does not say. */
  publishedAt: Instant | null;
}

export const standfirstLength = 400;

/** An item → an article, clean, with its pictures not yet fetched. */
export function draftArticle(found: Identified, source: SourceSettings, feed: LocatedFeed, now: Instant): Draft {
  const { item, title, url, guid, fingerprint } = found;
  const summary = plainText(item.summary);
  const language = languageOf(source.language ?? item.language ?? feed.language);
  const { html, figures } = sanitise(item.content || (summary.length > standfirstLength ? item.summary : ''), url);
  return {
    text: {
      sourceId: source.id,
      ...{ url, guid, fingerprint, title, language, body: html },
      standfirst: clip(summary || plainText(html), standfirstLength, language),
      section:
        source.section ?? (item.categories.length > 0 ? sectionOf(item.categories.map(plainText)) : defaultSection),
      author: item.author ? plainText(item.author).slice(0, 200) || null : null,
      publisher: publisherOf(source, feed),
      show: source.show,
    },
    figures: [...item.figures.flatMap((figure) => absoluteFigure(figure, feed.url)), ...figures],
    slug: slugFor(title, guid === null ? url : `${source.id} ${guid}`),
    publishedAt: publishedAt(item.published, now),
  };
}

function absoluteFigure(figure: NamedFigure, base: string): NamedFigure[] {
  const src = URL.parse(figure.src.trim(), base);
  return src && /^https?:$/.test(src.protocol) ? [{ ...figure, src: src.href }] : [];
}

/** The tag as BCP 47 writes it, `en-us` → `en-US`; English for what is no tag. */
function languageOf(tag: string | null): string {
  try {
    return Intl.getCanonicalLocales(tag?.trim().replaceAll('_', '-') || 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
}
