import { describe, expect, it } from '@jest/globals';
import type { Article } from './article.entity.js';
import { newsArticle } from './news-article.js';

const at = new Date('2011-12-20T06:00:00Z');
const article = {
  ...{
    slug: 'camp',
    title: '</script><script>alert(1)</script>',
    standfirst: 'Why now?',
    publishedAt: at,
    updatedAt: at,
  },
  ...{ language: 'en', section: 'Middle East', show: 'full', url: null, publisher: 'The Paper', author: 'A. Rahimi' },
  figures: [{ src: '/pictures/1.jpg', alt: '', caption: '', credit: '', width: 1, height: 1 }],
} as unknown as Article;

describe('newsArticle', () => {
  it('tells crawlers what the page is, and nothing in it ends the block', () => {
    const text = newsArticle(article, 'https://news.example');
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toMatchObject({
      '@type': 'NewsArticle',
      headline: article.title,
      mainEntityOfPage: 'https://news.example/articles/camp',
      author: { '@type': 'Person', name: 'A. Rahimi' },
      image: ['https://news.example/pictures/1.jpg'],
    });
  });

  it('names the original of an excerpt', () => {
    const excerpt = { ...article, show: 'excerpt', url: 'https://paper.example/camp', author: null } as Article;
    expect(JSON.parse(newsArticle(excerpt, 'https://news.example'))).toMatchObject({
      mainEntityOfPage: 'https://paper.example/camp',
      author: { '@type': 'Organization', name: 'The Paper' },
    });
  });
});
