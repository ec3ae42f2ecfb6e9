import { describe, expect, it } from '@jest/globals';
import type { Candidate } from './candidate.js';
import { chooseStories, type Wishes } from './choose-stories.js';

const now = Temporal.Instant.from('2026-11-24T06:00:00Z');
const hoursAgo = (hours: number) => new Date(now.subtract({ minutes: hours * 60 }).epochMilliseconds);

const candidate = (id: string, over: Partial<Candidate> & { age?: number } = {}): Candidate => ({
  storyId: id,
  articleId: id,
  slug: id,
  title: `Title ${id}`,
  standfirst: '',
  body: '',
  figures: [],
  section: 'World',
  language: 'en',
  publisher: 'Daily News Brief',
  publishedAt: hoursAgo(over.age ?? 5),
  firstSeenAt: hoursAgo(over.age ?? 5),
  ...over,
});

const everything: Wishes = { sections: null, seen: new Set(), since: null, max: 8 };
const choose = (candidates: Candidate[], wishes: Partial<Wishes> = {}) =>
  chooseStories(candidates, { ...everything, ...wishes }, now).map((story) => story.storyId);

describe('chooseStories', () => {
  it('keeps the order and stops at the maximum', () => {
    expect(
      choose(
        ['1', '2', '3'].map((id) => candidate(id)),
        { max: 2 },
      ),
    ).toEqual(['1', '2']);
  });

  it('leaves out what these readers have had, and the second article of a story', () => {
    const stories = [candidate('1'), candidate('2'), candidate('2', { articleId: '9' }), candidate('3')];
    expect(choose(stories, { seen: new Set(['1']) })).toEqual(['2', '3']);
  });

  it('keeps to the chosen sections', () => {
    expect(choose([candidate('1'), candidate('2', { section: 'Economy' })], { sections: ['Economy'] })).toEqual(['2']);
  });

  it('takes only what we first saw since the previous morning edition', () => {
    const since = now.subtract({ hours: 24 });
    const late = candidate('late', { publishedAt: hoursAgo(30), firstSeenAt: hoursAgo(2) });
    expect(choose([candidate('new', { age: 3 }), late, candidate('old', { age: 27 })], { since })).toEqual([
      'new',
      'late',
    ]);
  });

  it('takes nothing published more than 36 hours ago, unless the previous edition lies further back', () => {
    const old = candidate('old', { publishedAt: hoursAgo(50), firstSeenAt: hoursAgo(1) });
    expect(choose([old])).toEqual([]);
    expect(choose([old], { since: now.subtract({ hours: 24 }) })).toEqual([]);
    expect(choose([old], { since: now.subtract({ hours: 72 }) })).toEqual(['old']);
  });
});
