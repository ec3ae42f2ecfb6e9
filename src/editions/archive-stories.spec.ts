import { describe, expect, it } from '@jest/globals';
import { editionsOfDay, type PublicEdition } from './archive-issues.js';
import { distinctStories, frontStories, viewStory, type ArticleNow } from './archive-stories.js';
import type { SnapshotStory } from './variant.js';

const at = new Date('2026-11-24T06:00:00Z');

function story(articleId: string): SnapshotStory {
  const words = {
    title: `Story ${articleId}`,
    standfirst: '',
    section: 'World',
    language: 'en',
    publisher: 'P',
    minutes: null,
  };
  const picture = { src: 'https://brief.example/pictures/1.jpg', alt: '', credit: '', width: 3, height: 2 };
  return { storyId: articleId, articleId, ...words, url: `https://brief.example/articles/${articleId}`, picture };
}

function edition(
  subject: string,
  articleIds: string,
  kind: PublicEdition['kind'] = 'morning',
  audience: PublicEdition['audience'] = 'due',
) {
  return {
    kind,
    audience,
    localDate: '2026-11-24',
    composedAt: at,
    subject,
    note: null,
    stories: [...articleIds].map(story),
  };
}

const articles = new Map(
  [...'abcd'].map((id): [string, ArticleNow] => [
    id,
    { id, publishedAt: at, updatedAt: at, withdrawnAt: id === 'd' ? at : null },
  ]),
);
const subjects = (editions: PublicEdition[]) => editions.map(({ subject }) => subject);
const ids = (stories: SnapshotStory[]) => stories.map(({ articleId }) => articleId).join('');

describe('editionsOfDay', () => {
  it('is the morning edition, then the specials; one morning stands for those of other zones', () => {
    const day = [
      edition('first', 'a'),
      edition('second', 'b'),
      edition('special', 'c', 'special', 'all'),
      edition('welcome', 'a', 'special', 'new'),
    ];
    expect(subjects(editionsOfDay(day))).toEqual(['first', 'special']);
  });

  it('is an edition made to welcome somebody only when there is no other', () => {
    expect(subjects(editionsOfDay([edition('welcome', 'a', 'special', 'new')]))).toEqual(['welcome']);
  });
});

describe('the stories of a day', () => {
  it('stand on the front page with the newest special on top, each once, without the withdrawn', () => {
    const day = [edition('m', 'abd'), edition('s1', 'b', 'special', 'all'), edition('s2', 'c', 'special', 'all')];
    expect(ids(frontStories(day, articles))).toBe('cba');
    expect(ids(distinctStories(day, articles))).toBe('abc');
  });

  it('link to our own pages by path, so that they work under any name', () => {
    expect(viewStory(story('a'), articles, 'https://brief.example')).toMatchObject({
      url: '/articles/a',
      picture: { src: '/pictures/1.jpg' },
    });
  });

  it('keep their headline and lose their link when withdrawn, or gone', () => {
    expect(viewStory(story('d'), articles, 'https://brief.example')).toMatchObject({ title: 'Story d', url: null });
    expect(viewStory(story('z'), articles, 'https://brief.example').url).toBeNull();
  });
});
