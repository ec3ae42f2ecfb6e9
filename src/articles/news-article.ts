import type { Article } from './article.entity.js';

/**
 * An article as schema.org/NewsArticle (JSON-LD), for a data block of its page: `<` is escaped, so that nothing in it can end the block.
 * @param publicUrl the service's own address
 */
export function newsArticle(article: Article, publicUrl: string): string {
  const page = `${publicUrl}/articles/${article.slug}`;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: article.title,
    ...(article.standfirst && { description: article.standfirst }),
    datePublished: article.publishedAt.toISOString(),
    dateModified: article.updatedAt.toISOString(),
    inLanguage: article.language,
    articleSection: article.section,
    mainEntityOfPage: article.show === 'excerpt' ? (article.url ?? page) : page,
    publisher: { '@type': 'Organization', name: article.publisher },
    author: article.author
      ? { '@type': 'Person', name: article.author }
      : { '@type': 'Organization', name: article.publisher },
    ...(article.figures.length > 0 && { image: article.figures.map(({ src }) => publicUrl + src) }),
  };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
