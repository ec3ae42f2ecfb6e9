import type { Candidate } from './candidate.js';

/**
 * The article that stands for a story: in the reader's language if there is one, the desk's own choice before others, else of the source
 * that counts most; of equals the latest.
 */
export function pickArticle(articles: Candidate[], locale: string, pinned: ReadonlySet<string>): Candidate {
  const language = locale.slice(0, 2);
  const [best] = [...articles].sort(
    (a, b) =>
      Number(b.language.startsWith(language)) - Number(a.language.startsWith(language)) ||
      Number(pinned.has(b.articleId)) - Number(pinned.has(a.articleId)) ||
      b.weight - a.weight ||
      b.publishedAt.getTime() - a.publishedAt.getTime() ||
      Number(b.articleId) - Number(a.articleId),
  );
  return best!;
}
