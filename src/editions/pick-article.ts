import type { Candidate } from './candidate.js';

/** The article that stands for a story: in the reader's language if there is one, else of the source that counts most; of equals the latest. */
export function pickArticle(articles: Candidate[], locale: string): Candidate {
  const language = locale.slice(0, 2);
  const [best] = [...articles].sort(
    (a, b) =>
      Number(b.language.startsWith(language)) - Number(a.language.startsWith(language)) ||
      b.weight - a.weight ||
      b.publishedAt.getTime() - a.publishedAt.getTime() ||
      Number(b.articleId) - Number(a.articleId),
  );
  return best!;
}
