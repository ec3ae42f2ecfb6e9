import { canonicalUrl } from '../canonical-url.js';
import type { FeedContent, FeedItem } from '../feeds/feed-item.js';
import type { PageFacts } from './take-apart.js';

const mostLinks = 100;
const leastTitle = 25;
const leastWords = 4;

/** What a watched page has: its links that look like articles of the same site, as the items of a feed. `url`: where it came from. */
export function articleLinks(facts: PageFacts, url: string): FeedContent {
  const site = siteOf(url);
  const titles = new Map<string, string>();
  for (const { href, text } of facts.links) {
    const link = canonicalUrl(href, url);
    if (!link || siteOf(link) !== site || !looksLikeArticle(link) || !looksLikeHeadline(text)) continue;
    if ((titles.get(link) ?? '').length < text.length) titles.set(link, text);
  }
  const items = [...titles].slice(0, mostLinks).map(([link, title]) => itemOf(link, title, facts.language));
  return { title: facts.metas['og:site_name'] ?? facts.title, language: facts.language, items };
}

const siteOf = (address: string) => new URL(address).hostname.replace(/^www\./, '');

/** A date, a number of several digits, or a name of several words; sections and tags have short ones. */
function looksLikeArticle(link: string): boolean {
  const { pathname } = new URL(link);
  if (/\/(?:tags?|topics?|authors?|sections?|category|search|login|about)\//i.test(`${pathname}/`)) return false;
  return /\d{5,}|\/\d{4}\/\d{1,2}\/|[^/-]+-[^/-]+-[^/-]+-[^/]+\/?$/.test(pathname);
}

/** Languages without spaces have few words. */
function looksLikeHeadline(text: string): boolean {
  return (
    (text.length >= leastTitle && text.split(' ').length >= leastWords) ||
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Hangul}]{8}/u.test(text)
  );
}

function itemOf(link: string, title: string, language: string | null): FeedItem {
  const escaped = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const nothing = { guid: null, summary: '', content: '', author: null, categories: [], published: null, figures: [] };
  return { ...nothing, link, title: escaped, language };
}
