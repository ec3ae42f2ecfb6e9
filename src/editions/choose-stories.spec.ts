import { describe, expect, it } from '@jest/globals';
import type { Candidate } from './candidate.js';
import { readDeskWord } from './desk-word.js';
import { noDecisions, type Decisions } from './rundown/rundown.js';
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
  sameTextAs: null,
  weight: 1,
  publishedAt: hoursAgo(over.age ?? 5),
  firstSeenAt: hoursAgo(over.age ?? 5),
  ...over,
});

const nobody = readDeskWord(noDecisions, []);
const everything: Wishes = {
  desk: nobody,
  locale: 'en',
  sections: null,
  seen: new Map(),
  since: null,
  max: 8,
  floor: 0,
};
const judge = (candidates: Candidate[], wishes: Partial<Wishes> = {}) =>
  chooseStories(candidates, { ...everything, ...wishes }, now);
const choose = (candidates: Candidate[], wishes: Partial<Wishes> = {}) =>
  judge(candidates, wishes)
    .filter(({ chosen }) => chosen)
    .map(({ story }) => story.storyId);

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
    expect(choose(stories, { seen: new Map([['1', hoursAgo(1)]]) })).toEqual(['2', '3']);
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
    const minuteAround = [36 - 1 / 60, 36 + 1 / 60].map((hours) =>
      candidate(`${Math.floor(hours)}`, { publishedAt: hoursAgo(hours), firstSeenAt: hoursAgo(1) }),
    );
    expect(choose(minuteAround)).toEqual(['35']);
  });

  it('puts what many carry before what is merely fresh, and says why', () => {
    const carried = ['A', 'B', 'C'].map((publisher) => candidate('2', { articleId: publisher, publisher, age: 9 }));
    const verdicts = judge([candidate('1', { age: 1 }), ...carried]);
    expect(verdicts.map(({ story }) => story.storyId)).toEqual(['2', '1']);
    expect(verdicts[0]).toMatchObject({ also: ['B', 'C'], why: [{ text: '3 publishers carry it: A, B, C' }, {}] });
  });

  it('counts copies of one agency text as one publisher, and still names who prints them', () => {
    const paper = (storyId: string, articleId: string, sameTextAs: string | null = null) =>
      candidate(storyId, { articleId, publisher: articleId, sameTextAs });
    const copied = [paper('1', '10'), paper('1', '11', '10'), paper('1', '12', '10')];
    const [first, second] = judge([...copied, paper('2', '20'), paper('2', '21')]);
    expect(first).toMatchObject({ story: { storyId: '2' }, why: [{ text: '2 publishers carry it: 20, 21' }, {}] });
    expect(second).toMatchObject({ story: { storyId: '1' }, why: [{ text: 'one publisher carries it: 10' }, {}] });
    expect([second!.story.publisher, ...second!.also].sort()).toEqual(['10', '11', '12']);
    expect(judge(copied.slice(1))[0]!.score).toBe(judge([paper('1', '10')])[0]!.score); // the first may have left the window
  });

  it('shows the article in the reader’s language, of the source that counts most', () => {
    const articles = [
      candidate('1', { articleId: '1', language: 'en', weight: 9 }),
      candidate('1', { articleId: '2', language: 'fr', weight: 1 }),
      candidate('1', { articleId: '3', language: 'fr', weight: 2 }),
    ];
    expect(judge(articles, { locale: 'fr' })[0]!.story.articleId).toBe('3');
    expect(judge(articles, { locale: 'ar' })[0]!.story.articleId).toBe('1');
  });

  it('takes copies of one text for no news, however many publishers print it', () => {
    const had = candidate('1', { articleId: 'a', age: 9 });
    const copy = (articleId: string, sameTextAs: string | null) =>
      candidate('1', { articleId, sameTextAs, publisher: `Paper ${articleId}`, age: 1, title: `Toll of ${articleId}` });
    const seen = new Map([['1', hoursAgo(8)]]);
    expect(choose([had, copy('b', 'a'), copy('c', 'a'), copy('d', 'a')], { seen })).toEqual([]);
    expect(choose([had, copy('b', null), copy('c', 'b'), copy('d', 'b')], { seen })).toEqual([]);
    expect(choose([had, copy('b', null), copy('c', null), copy('d', null)], { seen })).toEqual(['1']);
  });

  it('brings a story again only when there is materially more, as an update, with a new article', () => {
    const seen = new Map([['1', hoursAgo(20)]]);
    const had = candidate('1', { articleId: '1', publisher: 'A', age: 25, title: '4 dead' });
    const later = (publisher: string, title: string) =>
      candidate('1', { articleId: publisher, publisher, title, age: 5 });
    expect(choose([had, later('B', '4 dead'), later('C', 'Search goes on')], { seen })).toEqual([]);
    const [verdict] = judge([had, later('B', '11 dead'), later('C', 'Search goes on')], { seen });
    expect(verdict).toMatchObject({ chosen: true, update: true, story: { firstSeenAt: hoursAgo(5) } });
    expect(choose([had, later('B', 'x'), later('C', 'y'), later('D', 'z')], { seen })).toEqual(['1']);
  });

  it('gives no publisher and no section more than half while others have something to tell', () => {
    const one = ['1', '2', '3'].map((id) => candidate(id, { age: 1, publisher: 'A', section: id }));
    const others = ['4', '5'].map((id) => candidate(id, { age: 9, publisher: id, section: id }));
    expect(choose([...one, ...others], { max: 4 })).toEqual(['1', '2', '4', '5']);
    expect(choose(one, { max: 4 })).toHaveLength(3);
    expect(
      judge([...one, ...others], { max: 4 })
        .at(-1)!
        .why.at(-1),
    ).toMatchObject({ kind: 'cap' });
  });

  it('says of every story left out why', () => {
    const verdicts = judge(
      [candidate('1'), candidate('2', { age: 6 }), candidate('3', { age: 50 }), candidate('4', { section: 'Culture' })],
      { max: 1, sections: ['World'] },
    );
    const reasons = Object.fromEntries(verdicts.map(({ story, why }) => [story.storyId, why.at(-1)!.kind]));
    expect(reasons).toEqual({ 1: 'freshness', 2: 'room', 3: 'old', 4: 'section' });
  });

  it('leaves out what is below the floor, and says so', () => {
    const verdicts = judge([candidate('1', { age: 1 }), candidate('2', { age: 30, weight: 0.2 })], { floor: 1 });
    expect(verdicts.map(({ story, chosen }) => [story.storyId, chosen])).toEqual([
      ['1', true],
      ['2', false],
    ]);
    expect(verdicts[1]!.why.at(-1)!.kind).toBe('floor');
  });

  describe('with a rundown', () => {
    const five = [
      candidate('1', { publisher: 'A' }),
      candidate('2', { age: 1 }),
      candidate('3'),
      candidate('4'),
      candidate('5', { age: 60 }),
    ];
    const desk = (decisions: Partial<Decisions>) => readDeskWord({ ...noDecisions, ...decisions }, five);
    const article = (story: string) => five.find(({ storyId }) => storyId === story)!.articleId;

    it('puts what is pinned first, in the desk’s order, however old or of whatever section, and says so', () => {
      const verdicts = judge(five, { sections: ['Sport'], desk: desk({ pins: [article('5'), article('3')] }) });
      expect(verdicts.filter(({ chosen }) => chosen).map(({ story }) => story.storyId)).toEqual(['5', '3']);
      expect(verdicts[0]!.why.at(-1)).toEqual({ kind: 'pinned', text: 'the desk pinned it as the lead' });
    });

    it('seats all that is pinned, beyond the maximum too', () =>
      expect(choose(five, { max: 1, desk: desk({ pins: [article('4'), article('3')] }) })).toEqual(['4', '3']));

    it('leaves out what is dropped', () => {
      const verdicts = judge(five, { desk: desk({ drops: [article('2')] }) });
      expect(verdicts.find(({ story }) => story.storyId === '2')).toMatchObject({
        chosen: false,
        why: expect.arrayContaining([{ kind: 'dropped', text: 'the desk dropped it' }]),
      });
    });

    it('gives nobody a story twice for a pin', () => {
      const seen = new Map([['3', new Date(now.epochMilliseconds)]]);
      expect(choose(five, { seen, desk: desk({ pins: [article('3')] }) })).not.toContain('3');
    });

    it('moves pins up when the article before them is there no more', () =>
      expect(choose(five, { desk: desk({ pins: ['999', article('4')] }) })[0]).toBe('4'));
  });
});
