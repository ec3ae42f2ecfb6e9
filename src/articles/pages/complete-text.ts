import type { Article } from '../article.entity.js';
import { languageTag } from '../language-tag.js';
import { publishedAt } from '../published-at.js';
import { defaultSection, sectionOf } from '../sections.js';
import type { Source } from '../source.entity.js';
import { standfirstOf, type Standfirst, type StandfirstFrom } from '../summary/standfirst-of.js';
import { plainText } from '../text/plain-text.js';
import { sanitise } from '../text/sanitise.js';
import type { Instant } from '../../database/now.js';
import type { NamedFigure } from '../feeds/feed-item.js';
import type { PageArticle } from './page-article.js';

export type Thin = Pick<
  Article,
  | 'id'
  | 'url'
  | 'title'
  | 'standfirst'
  | 'standfirstFrom'
  | 'body'
  | 'figures'
  | 'section'
  | 'language'
  | 'author'
  | 'dated'
  | 'publishedAt'
>;

/** `At`: an instant, or its text where it comes from a thread. */
export interface Completed<At = Instant> {
  title: string;
  standfirst: string;
  standfirstFrom: StandfirstFrom;
  body: string;
  /** Not yet fetched; none when the article has pictures. */
  figures: NamedFigure[];
  section: string;
  language: string;
  author: string | null;
  /** Null: it stays. */
  publishedAt: At | null;
  canonicalUrl: string | null;
}

/** A shorter text is a notice ("page not found", "accept our cookies"), not an article. */
const leastBody = 250;
const leastStandfirst = 60;

/** An article and its page → what the article says with both. What its source says stands; the page fills what is missing. */
export function completeText(
  article: Thin,
  page: PageArticle,
  source: Pick<Source, 'kind' | 'section' | 'language'>,
  url: string,
  now: Instant,
): Completed {
  const { html, figures } = sanitise(page.body, url);
  const text = plainText(html);
  const fuller = text.length >= leastBody && text.length > plainText(article.body).length;
  const language =
    source.language === null && article.language === 'en' ? languageTag(page.language) : article.language;
  return {
    title: (source.kind === 'page' && plainText(page.title).slice(0, 300)) || article.title,
    ...betterStandfirst(article, plainText(page.standfirst), fuller ? { title: article.title, html, language } : null),
    body: fuller ? html : article.body,
    figures: article.figures.length > 0 ? [] : [...(page.figure ? [page.figure] : []), ...figures],
    section:
      source.section === null && article.section === defaultSection && page.section
        ? sectionOf([plainText(page.section)])
        : article.section,
    language,
    author: article.author ?? (plainText(page.author ?? '').slice(0, 200) || null),
    publishedAt: article.dated ? null : publishedAt(page.published, now),
    canonicalUrl: isSameSite(page.canonicalUrl, url) ? page.canonicalUrl : null,
  };
}

/** What its source says stands, if it says something; then what its page says; then what its text says. */
function betterStandfirst(
  { standfirst, standfirstFrom, language }: Thin,
  ofPage: string,
  text: { title: string; html: string; language: string } | null,
): Standfirst {
  const standing = { standfirst, standfirstFrom };
  if (standfirstFrom === 'publisher' && standfirst.length >= leastStandfirst) return standing;
  const found = standfirstOf(ofPage, text ?? { title: '', html: '', language });
  return found.standfirst.length > standfirst.length || (ofPage && standfirstFrom === 'extract') ? found : standing;
}

/** A page may name its own better address, and no other site's. */
function isSameSite(canonical: string | null, url: string): boolean {
  const site = (address: string) => new URL(address).hostname.replace(/^(?:www|m|amp|mobile)\./, '');
  return canonical !== null && new URL(canonical).pathname !== '/' && site(canonical) === site(url);
}
