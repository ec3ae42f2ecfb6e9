import type { Instant } from '../../database/now.js';
import { languageTag } from '../language-tag.js';
import { publishedAt } from '../published-at.js';
import { defaultSection, sectionOf } from '../sections.js';
import { slugFor } from '../slug.js';
import { standfirstLength, standfirstOf } from '../summary/standfirst-of.js';
import { plainText } from '../text/plain-text.js';
import { sanitise } from '../text/sanitise.js';
import type { ArticleText } from '../write-article.js';
import type { LocatedFeed, NamedFigure } from './feed-item.js';
import { publisherOf, type Identified, type SourceSettings } from './identify-items.js';

/** `At`: an instant, or its text where it comes from a thread. */
export interface Draft<At = Instant> {
  text: Omit<ArticleText, 'figures'>;
  figures: NamedFigure[];
  slug: string;
  publishedAt: At;
  /** False: the item does not say when it was published. */
  dated: boolean;
  /** It says little, and its page may say more. */
  thin: boolean;
}

/** Characters of a text that needs no completion. */
const fullLength = 500;
const mostCategories = 20;
/** What was published earlier is in no edition. */
const newsHours = 36;

/** An item → an article, clean, with its pictures not yet fetched. */
export function draftArticle(found: Identified, source: SourceSettings, feed: LocatedFeed, now: Instant): Draft {
  const { item, title, url, guid, fingerprint } = found;
  const summary = plainText(item.summary);
  const language = languageTag(source.language ?? item.language ?? feed.language);
  const { html, figures } = sanitise(item.content || (summary.length > standfirstLength ? item.summary : ''), url);
  const said = publishedAt(item.published, now);
  const pictures = [...item.figures.flatMap((figure) => absoluteFigure(figure, feed.url)), ...figures];
  return {
    text: {
      sourceId: source.id,
      ...{ url, guid, fingerprint, title, language, body: html },
      ...standfirstOf(summary, { title, html, language }),
      section:
        source.section ??
        (item.categories.length > 0
          ? sectionOf(item.categories.slice(0, mostCategories).map(plainText))
          : defaultSection),
      author: item.author ? plainText(item.author).slice(0, 200) || null : null,
      publisher: publisherOf(source, feed),
      show: source.show,
    },
    figures: pictures,
    slug: slugFor(title, guid === null ? url : `${source.id} ${guid}`),
    ...{ publishedAt: said ?? unsaid(source, now), dated: said !== null },
    thin: isThin(plainText(html).length, pictures.length > 0, source, said, now),
  };
}

/** When an item was published that does not say: now; but what stood on a page before it was watched is no news. */
function unsaid({ kind, polledAt }: SourceSettings, now: Instant): Instant {
  return kind === 'page' && polledAt === null ? now.subtract({ hours: newsHours }) : now;
}

/** An item with little text or no picture, whose page is worth a look. What was published long ago is in no edition. */
function isThin(
  characters: number,
  hasPicture: boolean,
  { kind, complete }: SourceSettings,
  said: Instant | null,
  now: Instant,
): boolean {
  if (!complete || (characters >= fullLength && hasPicture)) return false;
  return kind === 'page' || said === null || Temporal.Instant.compare(said, now.subtract({ hours: newsHours })) > 0;
}

function absoluteFigure(figure: NamedFigure, base: string): NamedFigure[] {
  const src = URL.parse(figure.src.trim(), base);
  return src && /^https?:$/.test(src.protocol) ? [{ ...figure, src: src.href }] : [];
}
