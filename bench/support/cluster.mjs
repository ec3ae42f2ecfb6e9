import { readFeatures } from '../../dist/stories/read-features.js';
import { StoryIndex } from '../../dist/stories/story-index.js';

/** Gives each article ({id, language, at, title, standfirst, body}, oldest first) its story, as AssignStories does. @returns the articles with `story` */
export function cluster(articles, index = new StoryIndex()) {
  const storyOf = new Map();
  for (const article of articles) assign(article, index, storyOf);
  return articles.map((article) => ({ ...article, story: storyOf.get(article.id) }));
}

export function assign(article, index, storyOf) {
  const indexed = { id: article.id, language: article.language, at: article.at, features: readFeatures(article) };
  const { story, merged } = index.place(indexed);
  index.add(indexed, story ?? article.id);
  storyOf.set(article.id, story ?? article.id);
  if (merged.length === 0) return;
  index.merge(story, merged);
  for (const [id, its] of storyOf) if (merged.includes(its)) storyOf.set(id, story);
}
