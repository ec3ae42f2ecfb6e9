import { describe, expect, it } from '@jest/globals';
import { readLabelledSet, type LabelledArticle } from '../../bench/support/labelled-set.mjs';
import { bCubed, hardNegatives } from '../../bench/support/score-clusters.mjs';
import { unitVector } from './closeness.js';
import { readFeatures } from './read-features.js';
import { StoryIndex, type IndexedArticle } from './story-index.js';

const at = Date.UTC(2026, 2, 2, 6);

type Given = Pick<LabelledArticle, 'id' | 'language' | 'at' | 'title' | 'standfirst' | 'body'> &
  Pick<IndexedArticle, 'vector'>;

function cluster(articles: Given[]) {
  const index = new StoryIndex();
  const storyOf = new Map<string, string>();
  for (const article of articles) {
    const indexed = { ...article, features: readFeatures(article) };
    const { story, merged } = index.place(indexed);
    storyOf.set(article.id, story ?? article.id);
    index.add(indexed, story ?? article.id);
    if (story) index.merge(story, merged);
    for (const [id, its] of storyOf) if (merged.includes(its)) storyOf.set(id, story!);
  }
  return storyOf;
}

const article = (id: string, language: string, title: string, standfirst = '', hoursLater = 0) => ({
  ...{ id, language, title, standfirst, body: '', at: at + hoursLater * 3_600_000 },
});

describe('StoryIndex', () => {
  // The figures themselves: npm run bench -- stories. These floors are a little under them.
  it.each(['tuning', 'reporting'])('finds the events of the labelled set, %s half', (half) => {
    const articles = readLabelledSet().filter((one) => one.half === half);
    const storyOf = cluster(articles);
    const items = articles.map((one) => ({ ...one, story: storyOf.get(one.id)! }));
    for (const language of ['en', 'fr', 'es', 'ar'])
      expect(bCubed(items.filter((item) => item.language === language)).f1).toBeGreaterThan(0.93);
    expect(bCubed(items).f1).toBeGreaterThan(0.95);
    expect(hardNegatives(items).share).toBeLessThanOrEqual(0.02);
  });

  it('finds the events of the second set, which was written without a look at the word lists', () => {
    const articles = readLabelledSet('stories/second');
    const storyOf = cluster(articles);
    const items = articles.map((one) => ({ ...one, story: storyOf.get(one.id)! }));
    expect(bCubed(items).f1).toBeGreaterThan(0.94);
    expect(hardNegatives(items).share).toBeLessThanOrEqual(0.02);
  });

  it('keeps two trials in one city apart, and the water of a tap from the water of a planet', () => {
    const storyOf = cluster([
      article('1', 'en', 'Trial begins over Stockholm stairwell bombs', 'The youngest of the eleven accused is 16.'),
      article(
        '2',
        'en',
        'Ex-CEO Holst gets six years',
        'She will appeal, her lawyer said outside the Stockholm court.',
      ),
      article('3', 'en', 'Astronomers spot water on rocky planet'),
      article('4', 'fr', "L'eau revient à Oran après six jours de coupure"),
      article('5', 'ar', 'عودة المياه إلى وهران بعد انقطاع دام ستة أيام'),
    ]);
    expect([...storyOf.values()]).toEqual(['1', '2', '3', '4', '4']);
  });

  it('knows one event in four languages, from eight articles as from thousands', () => {
    const storyOf = cluster([
      article('1', 'en', 'Strong earthquake shakes Lima', 'The 6.8 tremor damaged houses in the capital of Peru.'),
      article('2', 'ar', 'زلزال قوي بقوة 6.8 يهز ليما', 'تضررت منازل في عاصمة بيرو.', 1),
      article('3', 'es', 'Un sismo de magnitud 6,8 sacude Lima', 'Hubo daños en viviendas de la capital peruana.', 2),
      article('4', 'fr', 'Pérou : un séisme de 6,8 secoue Lima', 'Des maisons ont été endommagées.', 3),
      article('5', 'en', 'Peru names new finance minister', 'The economist takes office in Lima.', 3),
    ]);
    expect([...storyOf.values()]).toEqual(['1', '1', '1', '1', '5']);
  });

  it('finds that two stories are one when an article brings them together', () => {
    const index = new StoryIndex();
    const add = (id: string, title: string, standfirst: string, story: string) =>
      index.add({ ...article(id, 'en', title), features: readFeatures({ title, standfirst, body: '' }) }, story);
    add('1', 'Ferry Morning Star sinks off Zanzibar', 'Tanzania sends divers; 40 passengers are missing.', '1');
    add('2', 'Divers search for 40 missing from the Morning Star', 'The ferry went down off Zanzibar.', '2');
    const third = article('3', 'en', 'Zanzibar ferry Morning Star: 40 passengers still missing');
    const placed = index.place({ ...third, features: readFeatures({ ...third, standfirst: 'Divers search on.' }) });
    expect(new Set([placed.story, ...placed.merged])).toEqual(new Set(['1', '2']));
  });

  it('forgets what is old: the same words begin a new story', () => {
    const index = new StoryIndex();
    const features = readFeatures({ title: 'Cyclone Freda nears Fiji', standfirst: '', body: '' });
    index.add({ id: '1', language: 'en', at, features }, '1');
    index.forget(at + 1);
    expect(index.size).toBe(0);
    expect(index.place({ id: '2', language: 'en', at: at + 2, features }).story).toBeNull();
  });

  it.each([
    ['join with vectors that are close', [1, 0, 0.1], [1, 0.1, 0], ['1', '1']],
    ['stay two without', null, null, ['1', '2']],
    ['stay two with vectors that are not close', [1, 0, 0], [0, 1, 0], ['1', '2']],
    ['stay two with vectors of different lengths', [1, 0], [1, 0, 0], ['1', '2']],
    ['stay two with a vector that is none', [1, 0, 0], [1, 0, Number.NaN], ['1', '2']],
  ])('articles that share no word %s', (_, first, second, stories) => {
    const vectors = [first, second].map((numbers) => numbers && unitVector(numbers));
    const storyOf = cluster([
      { ...article('1', 'en', 'Fishermen pulled from sinking trawler'), vector: vectors[0] },
      { ...article('2', 'en', 'Coastguard rescues crew as boat goes down', '', 1), vector: vectors[1] },
    ]);
    expect([...storyOf.values()]).toEqual(stories);
  });
});
