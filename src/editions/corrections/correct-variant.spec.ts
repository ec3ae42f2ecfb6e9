import { describe, expect, it } from '@jest/globals';
import { subjectFor } from '../../letters/subject.js';
import type { SnapshotStory } from '../variant.js';
import { correctVariant, type ArticleNow } from './correct-variant.js';

const story = (articleId: string): SnapshotStory => ({
  ...{ storyId: articleId, articleId, title: `Title ${articleId}`, standfirst: `Standfirst ${articleId}` },
  ...{
    section: 'World',
    language: 'en',
    publisher: 'The Paper',
    minutes: 2,
    url: `https://news.example/${articleId}`,
    picture: null,
  },
});
const stories = ['1', '2', '3'].map(story);
const variant = { locale: 'en' as const, stories, ...subjectFor(stories, 'en') };
const now = (changes: Record<string, Partial<ArticleNow>>) =>
  new Map(
    stories.map(({ articleId, title, standfirst }) => [
      articleId,
      { title, standfirst, withdrawn: false, corrected: false, ...changes[articleId] },
    ]),
  );

describe('correctVariant', () => {
  it('puts a line right, in the subject too where that came from it', () => {
    const corrected = correctVariant(variant, now({ 1: { title: 'Right', corrected: true } }))!;
    expect(corrected.stories.map(({ title }) => title)).toEqual(['Right', 'Title 2', 'Title 3']);
    expect(corrected.subject).toBe('Right');
  });

  it('leaves an editor’s own words alone, unless the lead they were written for is gone', () => {
    const written = { ...variant, subject: 'The desk’s words' };
    expect(correctVariant(written, now({ 2: { withdrawn: true } }))!.subject).toBe('The desk’s words');
    expect(correctVariant(written, now({ 1: { withdrawn: true } }))!.subject).toBe('Title 2');
  });

  it('takes out what is withdrawn: the next one moves up', () => {
    const corrected = correctVariant(variant, now({ 1: { withdrawn: true } }))!;
    expect(corrected.stories.map(({ articleId }) => articleId)).toEqual(['2', '3']);
    expect(corrected.preheader).not.toContain('Title 1');
  });

  it('does not rewrite what was edited without a correction', () =>
    expect(correctVariant(variant, now({ 2: { title: 'Polished' } }))!.stories[1]!.title).toBe('Title 2'));

  it('is null when nothing is left', () => {
    const gone = { withdrawn: true };
    expect(correctVariant(variant, now({ 1: gone, 2: gone, 3: gone }))).toBeNull();
  });
});
