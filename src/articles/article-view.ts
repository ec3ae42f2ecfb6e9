import type { Article } from './article.entity.js';

/** An article as the API shows it. `url` is the original, `page` is here; they are the same for one's own. */
export function articleView(article: Article, publicUrl: string) {
  const page = `${publicUrl}/articles/${article.slug}`;
  return {
    id: article.id,
    url: article.url ?? page,
    page,
    slug: article.slug,
    title: article.title,
    standfirst: article.standfirst,
    standfirstFrom: article.standfirstFrom,
    body: article.body,
    figures: article.figures.map(({ src, alt, caption, credit }) => ({ src: publicUrl + src, alt, caption, credit })),
    section: article.section,
    language: article.language,
    author: article.author,
    publisher: article.publisher,
    show: article.show,
    source: article.sourceId,
    sameTextAs: article.sameTextAs,
    dated: article.dated,
    publishedAt: article.publishedAt,
    firstSeenAt: article.firstSeenAt,
    updatedAt: article.updatedAt,
    withdrawnAt: article.withdrawnAt,
  };
}

export type ArticleView = ReturnType<typeof articleView>;
