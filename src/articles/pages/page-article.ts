import { canonicalUrl } from '../canonical-url.js';
import type { NamedFigure } from '../feeds/feed-item.js';
import { findNewsArticle, firstOf, namesOf, textOf } from './linked-data.js';
import type { PageFacts } from './take-apart.js';

/** What the page of an article says. Empty or null where it does not say; texts may be HTML, nothing is cleaned yet. */
export interface PageArticle {
  title: string;
  standfirst: string;
  author: string | null;
  section: string | null;
  language: string | null;
  canonicalUrl: string | null;
  /** As written; see read-date.ts. */
  published: string | null;
  figure: NamedFigure | null;
  body: string;
}

/** Judges what stands in a page: JSON-LD first, then meta elements, then what is seen. `url`: where the page came from. */
export function pageArticle(facts: PageFacts, url: string): PageArticle {
  const { metas } = facts;
  const data = findNewsArticle(facts.linkedData);
  const written = textOf(data.articleBody);
  const paragraphs = written.split(/\n+/).map((text) => `<p>${escape(text)}</p>`);
  return {
    title: textOf(data.headline) || metas['og:title'] || facts.headline || facts.title,
    standfirst:
      textOf(data.description) || metas['og:description'] || metas.description || metas['twitter:description'] || '',
    author:
      namesOf(data.author) ||
      namesOf(data.creator) ||
      notAddress(metas.author) ||
      notAddress(metas['article:author']) ||
      null,
    section: textOf(firstOf(data.articleSection)) || metas['article:section'] || null,
    language: textOf(data.inLanguage) || facts.language || metas['og:locale'] || null,
    canonicalUrl: facts.canonical === null ? null : canonicalUrl(facts.canonical, url),
    published:
      textOf(data.datePublished) || metas['article:published_time'] || metas.datepublished || metas.date || null,
    figure: leadFigure(facts, data.image ?? data.thumbnailUrl, url),
    body: facts.body.length > written.length || !written ? facts.body : paragraphs.join('\n'),
  };
}

/** The lead picture, with the words that the page shows below it. */
function leadFigure({ metas, figures }: PageFacts, image: unknown, url: string): NamedFigure | null {
  const first = firstOf(image);
  const described = (typeof first === 'object' && first !== null ? first : {}) as Record<string, unknown>;
  const named =
    textOf(first) ||
    textOf(firstOf(described.url)) ||
    textOf(described.contentUrl) ||
    metas['og:image'] ||
    figures[0]?.src;
  const src = named ? URL.parse(named, url)?.href : undefined;
  if (!src) return null;
  const shown = figures.find((figure) => fileOf(figure.src, url) === fileOf(src, url));
  return {
    src,
    alt: shown?.alt || metas['og:image:alt'] || '',
    caption: shown?.caption || textOf(described.caption) || textOf(described.description),
    credit: textOf(described.creditText) || namesOf(described.creator) || textOf(described.copyrightNotice),
  };
}

/** A picture comes in many sizes; the name of the file stays. */
function fileOf(src: string, base: string): string {
  return (
    URL.parse(src, base)
      ?.pathname.split('/')
      .at(-1)
      ?.replace(/-\d+x\d+(?=\.\w+$)/, '') ?? src
  );
}

const notAddress = (text: string | undefined) => (text && !/^https?:/.test(text) ? text : '');
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
