import { describe, expect, it } from '@jest/globals';
import type { SnapshotStory } from '../../editions/variant.js';
import type { Letter } from '../../letters/letter.js';
import { inspectLetter } from './inspect-letter.js';

const leave = 'https://news.example/unsubscribe';
const picture = { src: 'https://news.example/p.jpg', alt: 'A bridge at dawn', credit: '', width: 600, height: 400 };

const story = (title: string, change: Partial<SnapshotStory> = {}): SnapshotStory => ({
  ...{ storyId: '1', articleId: '7', title, standfirst: '', section: 'world', language: 'en', publisher: 'The Paper' },
  ...{ minutes: 1, url: `https://news.example/articles/${title.toLowerCase()}`, picture: null },
  ...change,
});

function letterOf(stories: SnapshotStory[], change: Partial<Letter> = {}): Letter {
  const links = stories.map(({ url, title }) => `<a href="${url}">${title}</a>`);
  return {
    ...{ subject: 'Bridges', preheader: '', locale: 'en' },
    html: `<html><body>${links.join('')}<a href="${leave}">Leave</a></body></html>`,
    text: `${stories.map(({ url }) => url).join('\n')}\n${leave}`,
    ...change,
  };
}

const stories = [story('Bridge', { picture }), story('Harbour')];

describe('a rehearsed letter', () => {
  it('has nothing wrong with it where it is as it should be', async () => {
    expect(await inspectLetter(letterOf(stories), { stories }, leave)).toEqual([]);
  });

  it.each<[string, Partial<Letter>, SnapshotStory[], { level: string; kind: string; detail: string }[]]>([
    [
      'is too large',
      { html: `${letterOf(stories).html}<p>${'x'.repeat(80_000)}` },
      stories,
      [{ level: 'red', kind: 'size', detail: '80000' }],
    ],
    [
      'lacks a story in its text',
      { text: `${stories[0]!.url} ${leave}` },
      stories,
      [{ level: 'red', kind: 'parity', detail: '“Harbour”' }],
    ],
    [
      'leaves a story to the web copy',
      { html: letterOf([stories[0]!]).html },
      stories,
      [{ level: 'note', kind: 'parity', detail: '1 stories' }],
    ],
    [
      'has a picture without alt',
      { html: `${letterOf(stories).html}<img src="x">` },
      stories,
      [{ level: 'red', kind: 'alt', detail: '1 pictures' }],
    ],
    [
      'has a picture nobody described',
      {},
      [story('Bridge', { picture: { ...picture, alt: ' ' } }), stories[1]!],
      [{ level: 'note', kind: 'alt', detail: 'article 7' }],
    ],
    [
      'cannot be left from its text',
      { text: stories.map(({ url }) => url).join(' ') },
      stories,
      [{ level: 'red', kind: 'unsubscribe', detail: 'the text' }],
    ],
    [
      'cannot be left from its html',
      { html: letterOf(stories).html.replace(leave, 'https://news.example/') },
      stories,
      [{ level: 'red', kind: 'unsubscribe', detail: 'the html' }],
    ],
  ])('that %s is told about', async (_what, change, its, expected) => {
    const found = await inspectLetter(letterOf(its, change), { stories: its }, leave);
    expect(found).toEqual(
      expected.map((one) => ({ ...one, detail: expect.stringContaining(one.detail) as unknown as string })),
    );
  });
});
